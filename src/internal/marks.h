/* marks.h - marks beside the pools, for the collector (internal)
 *
 * gc_marks.c   generations: what a run examines, and its end
 * gc_search.c  which of these are unreachable?
 * gc_plain.c   containers of atoms are let go
 * gc_birth.c   who is older?
 * gc_words.c   the last words of the dead
 * gc_sweep.c   their end, many at a time
 * gc_survey.c  what a program may ask
 *
 * A container that lies in a pool has no slot in the vector.  All that
 * the collector must know of it stands in tables beside the region: a
 * bit in each word of a row, and a trial count.  So a walk over the
 * containers is a walk over bits, in the order of addresses, and to
 * take off a reference touches no object.
 *
 * A grain is 16 bytes; grains are numbered from the base of the region.
 * A row is for 64 grains, a page for 64 rows.  Two containers never
 * begin in the same 32 bytes, so a trial count serves two grains.
 *
 * Threads: confined.
 */
#ifndef COILI_MARKS_H
#define COILI_MARKS_H

#include <stdio.h>

#include "coil/object.h"

struct coili_gc;

#define COILI_BESIDE UINT32_C(0x20000000)   /* bit of gc: marks here */
#define COILI_BIRTH UINT32_C(0x1fffffff)    /* bits of gc: when born */
#define COILI_NOBODY UINT32_MAX     /* the end of a list of grains */

/* internal marks: structures */
struct coili_marks_row {        /* a cache line */
    uint64_t tracked;
    uint64_t age[2];            /* two bits of the generation */
    uint64_t examined;          /* by this run, and still tracked */
    uint64_t suspect;           /* of these: not reached */
    uint64_t special;           /* neither list nor tuple */
    uint64_t plain;             /* holds only atoms */
    uint64_t spare;             /* each step of a run uses it anew;
                                   zero between runs */
};

/* In which rows is something to be found? */
struct coili_sieve {
    uint64_t *page;             /* for each page a bit */
    uint64_t *row;              /* for each row a bit */
};

/* Sieves: one for each generation, and for the frozen; for what this
 * run examines, and for other blocks that it will free. */
enum { COILI_WORK = 4, COILI_DOOMED = 5, COILI_SIEVES = 6 };

struct coili_marks {
    uintptr_t base;             /* of the region */
    size_t span;                /* its bytes; 0: nobody has marks */
    struct coili_marks_row *row;
    uint32_t *trial;            /* during a run: trial counts; then the
                                   links of lists of grains */
    struct coili_sieve sieve[COILI_SIEVES];
    bool *at_work;              /* for each page: is it in WORK? */
    uint32_t rows;              /* higher ones are in no sieve */
    uint32_t births;            /* that of the next one */
    size_t tracked;             /* how many have marks */
    bool full;                  /* this run examines all generations */
    bool again;                 /* this search is its second */
    uint32_t *left;             /* suspects, in the search's count */
    uint32_t cursor;            /* lower grains have been shown */
    uint32_t top, *end;         /* a list of grains, and its end */
    size_t lists, tuples;       /* that a run has emptied */
    bool any_plain, any_doubt;  /* some bit of plain; of spare */
    bool asked;                 /* for the tables: once is enough */
    uint32_t *born;             /* births of what is in the vector */
    uint32_t born_cap;          /* slots that have memory there */
    void *reserved;             /* holds the sieves and born */
    size_t reserved_size;
};

/* internal marks: numbers */
static inline bool coili_marks_has(const struct coili_marks *m,
                                   const void *p)
{
    return (uintptr_t)p - m->base < m->span;
}

static inline uint32_t coili_grain(const struct coili_marks *m,
                                   const coil_obj *o)
{
    return (uint32_t)(((uintptr_t)o - m->base) / 16);
}

static inline coil_obj *coili_at(const struct coili_marks *m,
                                 uint32_t x)
{
    return (coil_obj *)(m->base + (uintptr_t)x * 16);
}

static inline uint64_t coili_bit(uint32_t x)
{
    return UINT64_C(1) << x % 64;
}

static inline bool coili_marks_suspect(const struct coili_marks *m,
                                       const coil_obj *o)
{
    uint32_t x = coili_grain(m, o);

    return (m->row[x / 64].suspect & coili_bit(x)) != 0;
}

/* internal marks: sieves and walks */
void coili_sieve_put(struct coili_marks *m, int sieve, uint32_t r);
void coili_sieve_empty(struct coili_marks *m, int sieve);

/* The first row from r on in one of the sieves, or m->rows. */
uint32_t coili_marks_next(const struct coili_marks *m, int first,
                          int last, uint32_t r);

#define COILI_EACH_ROW(m, first, last, r)                         \
    for (uint32_t r = coili_marks_next(m, first, last, 0);        \
         r < (m)->rows; r = coili_marks_next(m, first, last, r + 1))

static inline uint32_t coili_next_examined(const struct coili_marks *m,
                                           uint32_t r)
{
    uint64_t rest = m->sieve[COILI_WORK].row[r / 64] >> r % 64;

    return rest != 0 ? r + (uint32_t)__builtin_ctzll(rest)
                     : coili_marks_next(m, COILI_WORK, COILI_WORK, r);
}

#define COILI_EACH_EXAMINED_ROW(m, r)                           \
    for (uint32_t r = (m)->rows ? coili_next_examined(m, 0) : 0; \
         r < (m)->rows; r = coili_next_examined(m, r + 1))

/* For the grains x of row r whose bits are set. */
#define COILI_EACH_GRAIN(bits, r, x)                                 \
    for (uint64_t x##_left = (bits), x = 0; x##_left != 0 &&         \
         (x = (r) * UINT64_C(64) +                                   \
              (unsigned)__builtin_ctzll(x##_left), true);            \
         x##_left &= x##_left - 1)

/* internal marks: tracking */
/* A container too small for a reference is not tracked at all. */
static inline bool coili_marks_take(const struct coili_marks *m,
                                    const coil_obj *o)
{
    return coili_marks_has(m, o) && o->type->size > sizeof *o;
}

static inline void coili_marks_add(struct coili_marks *m, coil_obj *o)
{
    uint32_t x = coili_grain(m, o);
    struct coili_marks_row *row = &m->row[x / 64];

    row->tracked |= coili_bit(x);
    row->age[0] &= ~coili_bit(x);
    row->age[1] &= ~coili_bit(x);
    if (!(m->sieve[0].row[x / 4096] & coili_bit(x / 64)))
        coili_sieve_put(m, 0, x / 64);
    o->gc |= COILI_BESIDE | (m->births++ & COILI_BIRTH);
    m->tracked++;
}

static inline void coili_marks_remove(struct coili_marks *m,
                                      const coil_obj *o)
{
    uint32_t x = coili_grain(m, o);
    struct coili_marks_row *row = &m->row[x / 64];

    row->tracked &= ~coili_bit(x);
    row->examined &= ~coili_bit(x);
    row->suspect &= ~coili_bit(x);
    m->tracked--;
}

/* 1: the object has marks now; 0: it needs a slot; -1: MemoryError. */
int coili_marks_meet(struct coili_gc *gc, coil_obj *o);
void coili_marks_close(struct coili_marks *m);

static inline bool coili_marks_plain(const struct coili_marks *m,
                                     const coil_obj *o)
{
    uint32_t x = coili_grain(m, o);

    return (m->row[x / 64].plain & m->row[x / 64].examined
            & coili_bit(x)) != 0;
}

static inline int coili_marks_generation(const struct coili_marks *m,
                                         const coil_obj *o)
{
    uint32_t x = coili_grain(m, o);
    const struct coili_marks_row *row = &m->row[x / 64];

    return (int)((row->age[0] >> x % 64 & 1)
                 | (row->age[1] >> x % 64 & 1) << 1);
}

/* internal marks: the parts of a run */
void coili_marks_begin(struct coili_marks *m, int generation);

/* The survivors are older now.  Returns how many there are. */
uint32_t coili_marks_end(struct coili_marks *m, int generation);
void coili_marks_set_frozen(struct coili_marks *m, bool frozen);
void coili_marks_validate(const struct coili_marks *m);

/* A child that has no marks is shown to visit, with arg. */
void coili_marks_count(struct coili_marks *m, bool again,
                       coil_visit_fn *visit, void *arg);

/* Was there any?  Adds the others to *left. */
bool coili_marks_find_roots(struct coili_marks *m, uint32_t *left);
void coili_marks_show_roots(struct coili_marks *m,
                            coil_visit_fn *visit, void *arg);

/* Show those that were reached from elsewhere.  Were there any? */
bool coili_marks_show_rest(struct coili_marks *m,
                           coil_visit_fn *visit, void *arg);

/* The row's bit of plain or, if a tuple inside must be decided about
 * first, of spare.  Then those that are plain and alive are let go. */
void coili_marks_note_plain(struct coili_marks *m, coil_obj *o,
                            uint32_t x);
void coili_marks_let_go_of_plain(struct coili_gc *gc);

/* Was it a suspect?  It is none any more. */
static inline bool coili_marks_reach(struct coili_marks *m, uint32_t x)
{
    struct coili_marks_row *row = &m->row[x / 64];

    if (!(row->suspect & coili_bit(x)))
        return false;
    row->suspect &= ~coili_bit(x);
    if (x < m->cursor) {
        m->trial[x / 2] = m->top;
        m->top = x;
    }
    return true;
}

/* internal marks: the end of the dead */
bool coili_marks_have_words(const struct coili_marks *m);
uint32_t coili_marks_hear_words(struct coili_gc *gc);
void coili_marks_save(struct coili_gc *gc);
void coili_marks_empty(struct coili_gc *gc);
void coili_marks_free(struct coili_gc *gc);

/* internal marks: births */
/* A number that is higher for an object that is older. */
uint32_t coili_age(const struct coili_gc *gc, const coil_obj *o);

/* The list m->top: make it empty, add the grains with these bits of a
 * row, sort it.  Nobody else must use trial[] meanwhile. */
void coili_list_begin(struct coili_marks *m);
void coili_list_add(struct coili_marks *m, uint32_t r, uint64_t bits);
void coili_list_sort(struct coili_gc *gc);

/* The first of the list, from x on, that is still a suspect. */
uint32_t coili_list_suspect(const struct coili_marks *m, uint32_t x);

/* A walk over the list m->top, and the dead in the vector between them,
 * the oldest first; what has died meanwhile is left out. */
struct coili_elders {
    struct coili_gc *gc;
    uint32_t x;                 /* next grain */
    uint32_t slot;              /* next slot */
};

struct coili_elders coili_elders_begin(struct coili_gc *gc);

/* The next one, borrowed, or NULL. */
coil_obj *coili_elders_next(struct coili_elders *e);

/* internal marks: questions */
coil_obj *coili_marks_objects(COIL_STEALS coil_obj *list,
                              int generation);
coil_obj *coili_marks_referrers(COIL_STEALS coil_obj *list,
                                coil_obj *sought,
                                coil_visit_fn *is_sought);
void coili_sort_objects(coil_obj *list);
size_t coili_marks_frozen(const struct coili_marks *m);
void coili_marks_note(const struct coili_marks *m, int step, FILE *out,
                      const char *before, const coil_obj *o);

#endif
