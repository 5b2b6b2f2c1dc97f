#include <string.h>

#include "internal/gc.h"
#include "internal/os.h"

/* marks: sieves */
void coili_sieve_put(struct coili_marks *m, int sieve, uint32_t r)
{
    struct coili_sieve *s = &m->sieve[sieve];

    s->row[r / 64] |= coili_bit(r);
    s->page[r / 4096] |= coili_bit(r / 64);
    if (r >= m->rows)
        m->rows = (r | 63) + 1;
}

static uint64_t pages_in(const struct coili_marks *m, int first,
                         int last, uint32_t word)
{
    uint64_t bits = 0;

    for (int i = first; i <= last; i++)
        bits |= m->sieve[i].page[word];
    return bits;
}

static uint64_t rows_in(const struct coili_marks *m, int first,
                        int last, uint32_t page)
{
    uint64_t bits = 0;

    for (int i = first; i <= last; i++)
        bits |= m->sieve[i].row[page];
    return bits;
}

uint32_t coili_marks_next(const struct coili_marks *m, int first,
                          int last, uint32_t r)
{
    while (r < m->rows) {
        uint64_t rest = rows_in(m, first, last, r / 64) >> r % 64;
        uint32_t page = r / 64 + 1;

        if (rest != 0)
            return r + (uint32_t)__builtin_ctzll(rest);
        rest = pages_in(m, first, last, page / 64) >> page % 64;
        page = rest != 0 ? page + (uint32_t)__builtin_ctzll(rest)
                         : (page | 63) + 1;
        r = page * 64;
    }
    return m->rows;
}

void coili_sieve_empty(struct coili_marks *m, int sieve)
{
    struct coili_sieve *s = &m->sieve[sieve];

    for (uint32_t word = 0; word < (m->rows + 4095) / 4096; word++) {
        if (s->page[word] == 0)
            continue;
        memset(s->row + word * 64, 0, 64 * sizeof *s->row);
        if (sieve == COILI_WORK)
            memset(m->at_work + word * 64, 0, 64);
        s->page[word] = 0;
    }
}

/* marks: the tables */
#define MOST_SPAN (UINT64_C(1) << 36)       /* 2 to the 32 grains */
#define SLOTS COILI_BESIDE                  /* of the vector */

/* All sieves stand before `born`, in one piece of addresses. */
static int make_sieves(struct coili_marks *m, size_t span)
{
    size_t words = (span >> 22) + 1, pages = words * 64;
    size_t sieves = COILI_SIEVES * (pages + words) * sizeof(uint64_t)
        + pages;
    uint64_t *at;

    m->reserved_size = sieves + SLOTS * sizeof *m->born;
    m->reserved = coili_os_reserve(m->reserved_size);
    if (m->reserved == NULL || coili_os_commit(m->reserved, sieves) < 0)
        return -1;
    at = m->reserved;
    for (int i = 0; i < COILI_SIEVES; i++) {
        m->sieve[i].page = at;
        m->sieve[i].row = at + words;
        at += words + pages;
    }
    m->at_work = (bool *)at;
    m->born = (uint32_t *)(m->at_work + pages);
    return 0;
}

void coili_marks_close(struct coili_marks *m)
{
    if (m->reserved != NULL)
        coili_os_release(m->reserved, m->reserved_size);
    m->reserved = NULL;
    m->span = 0;
}

#define BORN_STEP (1u << 18)    /* slots */

/* Memory for the births of slots 0 to n. */
static int make_births(struct coili_marks *m, uint32_t n)
{
    uint32_t cap = (n | (BORN_STEP - 1)) + 1;

    if (n < m->born_cap)
        return 0;
    if (coili_os_commit(m->born, cap * sizeof *m->born) < 0) {
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
        return -1;
    }
    m->born_cap = cap;
    return 0;
}

/* Before the first container of the region is tracked. */
static void open(struct coili_gc *gc, struct coili_pools *pools)
{
    struct coili_marks *m = &gc->marks;
    coil_error saved;

    m->asked = true;
    if (pools->span > MOST_SPAN || make_sieves(m, pools->span) < 0) {
        coili_marks_close(m);
        return;
    }
    coil_error_save(&saved);    /* of a caller who is cleaning up */
    m->row = coili_pools_shadow(pools, 8);
    m->trial = m->row ? coili_pools_shadow(pools, 16) : NULL;
    if (m->trial == NULL || make_births(m, gc->len) < 0) {
        coil_error_clear();
        coil_error_restore(&saved);
        coili_marks_close(m);
        return;
    }
    coil_error_restore(&saved);
    m->base = pools->base;
    m->span = pools->span;
    m->births = 1;              /* what is in the vector is older */
}

/* marks: meeting an object */
static int room_for_birth(struct coili_gc *gc)
{
    if (gc->len >= SLOTS) {
        coil_error_set(COIL_MEMORY_ERROR, "too many containers");
        return -1;
    }
    return make_births(&gc->marks, gc->len);
}

int coili_marks_meet(struct coili_gc *gc, coil_obj *o)
{
    struct coili_pools *pools = &coili_thread->runtime->pools;
    struct coili_marks *m = &gc->marks;

    if (!m->asked && coili_pools_has(pools, o))
        open(gc, pools);
    if (m->span == 0)
        return 0;
    if (!coili_marks_has(m, o))
        return room_for_birth(gc);
    if (coili_marks_take(m, o))
        coili_marks_add(m, o);
    return 1;
}

/* marks: what a run examines */
/* The tracked of the row that are not older than the generation. */
static uint64_t young_enough(const struct coili_marks_row *row,
                             int generation)
{
    uint64_t older = row->age[0] & row->age[1];

    if (generation < 2)
        older |= row->age[1];
    if (generation < 1)
        older |= row->age[0];
    return row->tracked & ~older;
}

static void examine_row(struct coili_marks *m, uint32_t r,
                        int generation)
{
    struct coili_marks_row *row = &m->row[r];

    row->examined = row->suspect = young_enough(row, generation);
    if (row->examined == 0)
        return;
    coili_sieve_put(m, COILI_WORK, r);
    m->at_work[r / 64] = true;
}

/* The sieves of the generations examined are made anew: for survivors,
 * and for what is born meanwhile. */
void coili_marks_begin(struct coili_marks *m, int generation)
{
    m->full = generation == 2;
    if (m->span == 0)
        return;
    COILI_EACH_ROW(m, 0, generation, r)
        examine_row(m, r, generation);
    for (int g = 0; g <= generation; g++)
        coili_sieve_empty(m, g);
}

/* marks: the end of a run */
static void grow_older(struct coili_marks_row *row, int generation)
{
    uint64_t who = row->examined;

    if (generation == 0) {
        row->age[0] |= who;
    } else {
        row->age[0] &= ~who;
        row->age[1] |= who;
    }
    row->examined = row->suspect = 0;
}

uint32_t coili_marks_end(struct coili_marks *m, int generation)
{
    uint32_t survivors = 0;

    if (m->span == 0)
        return 0;
    COILI_EACH_EXAMINED_ROW(m, r) {
        struct coili_marks_row *row = &m->row[r];

        row->spare = 0;
        if (row->examined == 0)
            continue;
        survivors += (uint32_t)__builtin_popcountll(row->examined);
        coili_sieve_put(m, generation == 0 ? 1 : 2, r);
        grow_older(row, generation);
    }
    coili_sieve_empty(m, COILI_WORK);
    return survivors;
}

/* marks: freezing */
static void freeze(struct coili_marks *m)
{
    COILI_EACH_ROW(m, 0, 2, r) {
        m->row[r].age[0] |= m->row[r].tracked;
        m->row[r].age[1] |= m->row[r].tracked;
        coili_sieve_put(m, COILI_FROZEN, r);
    }
    for (int g = 0; g < COILI_FROZEN; g++)
        coili_sieve_empty(m, g);
}

static void unfreeze(struct coili_marks *m)
{
    COILI_EACH_ROW(m, COILI_FROZEN, COILI_FROZEN, r) {
        m->row[r].age[0] &= ~m->row[r].age[1];
        coili_sieve_put(m, 2, r);
    }
    coili_sieve_empty(m, COILI_FROZEN);
}

void coili_marks_set_frozen(struct coili_marks *m, bool frozen)
{
    if (m->span == 0)
        return;
    if (frozen)
        freeze(m);
    else
        unfreeze(m);
}

/* marks: validation */
static void validate_object(const struct coili_marks *m, uint32_t x)
{
    coil_obj *o = coili_at(m, x);
    int g = coili_marks_generation(m, o);

    COIL_ASSERT(o->gc & COILI_BESIDE);
    COIL_ASSERT(o->type->traverse != NULL && o->count > 0);
    COIL_ASSERT(m->sieve[g].row[x / 4096] & coili_bit(x / 64));
    COIL_ASSERT(m->sieve[g].page[x / 262144] & coili_bit(x / 4096));
}

void coili_marks_validate(const struct coili_marks *m)
{
    size_t tracked = 0;

    COILI_EACH_ROW(m, 0, COILI_FROZEN, r) {
        const struct coili_marks_row *row = &m->row[r];

        COIL_ASSERT(row->examined == 0 && row->suspect == 0);
        COIL_ASSERT(row->spare == 0);
        COILI_EACH_GRAIN(row->tracked, r, x)
            validate_object(m, x);
        tracked += (size_t)__builtin_popcountll(row->tracked);
    }
    COIL_ASSERT(tracked == m->tracked);
}
