#include "coil/list.h"
#include "coil/pools.h"
#include "internal/gc.h"

/* survey: a generation */
static uint64_t of_age(const struct coili_marks_row *row,
                       int generation)
{
    uint64_t low = generation & 1 ? row->age[0] : ~row->age[0];
    uint64_t high = generation & 2 ? row->age[1] : ~row->age[1];

    return row->tracked & low & high;
}

/* -1 is all but the frozen. */
static uint64_t shown(const struct coili_marks_row *row, int generation)
{
    uint64_t bits = generation < 0 ? row->tracked & ~of_age(row, 3)
                                   : of_age(row, generation);

    return coili_gc_now()->busy ? bits & ~row->suspect : bits;
}

/* survey: objects and referrers */
coil_obj *coili_marks_objects(coil_obj *list, int generation)
{
    struct coili_marks *m = &coili_gc_now()->marks;

    COILI_EACH_ROW(m, 0, COILI_WORK, r)
        COILI_EACH_GRAIN(shown(&m->row[r], generation), r, x) {
            coil_obj *o = coili_at(m, x);

            if (list != NULL && o != list &&
                coil_list_append(list, o) < 0)
                COIL_CLEAR(list);
        }
    return list;
}

coil_obj *coili_marks_referrers(coil_obj *list, coil_obj *sought,
                                coil_visit_fn *is_sought)
{
    struct coili_marks *m = &coili_gc_now()->marks;

    COILI_EACH_ROW(m, 0, COILI_WORK, r)
        COILI_EACH_GRAIN(shown(&m->row[r], -1), r, x) {
            coil_obj *o = coili_at(m, x);

            if (list != NULL && o != list && o != sought &&
                o->type->traverse(o, is_sought, sought) == 1 &&
                coil_list_append(list, o) < 0)
                COIL_CLEAR(list);
        }
    return list;
}

size_t coili_marks_frozen(const struct coili_marks *m)
{
    size_t n = 0;

    COILI_EACH_ROW(m, COILI_FROZEN, COILI_FROZEN, r)
        n += (size_t)__builtin_popcountll(of_age(&m->row[r], 3));
    return n;
}

/* survey: a note in a drawing */
void coili_marks_note(const struct coili_marks *m, int step, FILE *out,
                      const char *before, const coil_obj *o)
{
    uint32_t x = coili_grain(m, o);

    if (!(m->row[x / 64].examined & coili_bit(x)))
        return;
    if (step == COIL_GC_COUNTED)
        fprintf(out, "%strial %u", before, (unsigned)m->trial[x / 2]);
    else
        fprintf(out, "%s%s", before,
                coili_marks_suspect(m, o) ? "garbage" : "reached");
}

/* survey: drawing a sieve */
/* A cell for each bit that is set, and for each stretch of others.  The
 * lowest bit has the number first. */
static void write_bits(FILE *out, uint64_t bits, uint32_t first)
{
    for (unsigned i = 0, to; i < 64; i = to) {
        bool is_set = bits >> i & 1;

        for (to = i + 1; to < 64 && !is_set; to++)
            if (bits >> to & 1)
                break;
        fprintf(out, "|<b%u> %u", first + i, first + i);
        if (to > i + 1)
            fprintf(out, " to %u", first + to - 1);
        fprintf(out, ": %d", is_set);
    }
}

static void write_row(FILE *out, const struct coili_marks *m,
                      int generation, uint32_t r)
{
    fprintf(out, "  r%u [shape=record,label=\"grains of row %u",
            (unsigned)r, (unsigned)r);
    write_bits(out, of_age(&m->row[r], generation), r * 64);
    fprintf(out, "\"];\n  p%u:b%u -> r%u;\n", (unsigned)r / 64,
            (unsigned)r, (unsigned)r);
}

static void write_page(FILE *out, const struct coili_marks *m,
                       int generation, uint32_t page)
{
    uint64_t rows = m->sieve[generation].row[page];

    fprintf(out, "  p%u [shape=record,label=\"rows of page %u",
            (unsigned)page, (unsigned)page);
    write_bits(out, rows, page * 64);
    fprintf(out, "\"];\n  pages:b%u -> p%u;\n", (unsigned)page,
            (unsigned)page);
    COILI_EACH_GRAIN(rows, page, r)
        write_row(out, m, generation, (uint32_t)r);
}

void coil_pools_dump_sieve(FILE *out, int generation)
{
    const struct coili_marks *m = &coili_gc_now()->marks;
    uint32_t words = (m->rows + 4095) / 4096;

    COIL_CHECK(out != NULL);
    COIL_CHECK(generation >= 0 && generation <= COILI_FROZEN);
    fputs("digraph sieve {\n  rankdir=LR;\n"
          "  pages [shape=record,label=\"pages", out);
    for (uint32_t i = 0; i < words; i++)
        write_bits(out, m->sieve[generation].page[i], i * 64);
    fputs("\"];\n", out);
    for (uint32_t i = 0; i < words; i++)
        COILI_EACH_GRAIN(m->sieve[generation].page[i], i, page)
            write_page(out, m, generation, (uint32_t)page);
    fputs("}\n", out);
}

/* survey: drawing the list */
static uint32_t first_of_list(const struct coili_gc *gc)
{
    return gc->busy && gc->marks.span > 0
        ? coili_list_suspect(&gc->marks, gc->marks.top) : COILI_NOBODY;
}

static bool is_listed(const struct coili_gc *gc, uint32_t x)
{
    uint32_t y = first_of_list(gc);

    while (y != COILI_NOBODY && y != x)
        y = coili_list_suspect(&gc->marks, gc->marks.trial[y / 2]);
    return y == x;
}

static void write_links(FILE *out, const struct coili_gc *gc)
{
    uint32_t x = first_of_list(gc), next;

    if (x == COILI_NOBODY)
        return;
    fprintf(out, "  top -> list:g%u;\n", (unsigned)x);
    while ((next = coili_list_suspect(&gc->marks,
                gc->marks.trial[x / 2])) != COILI_NOBODY) {
        char side = next > x ? 'e' : 'w';

        fprintf(out, "  list:g%u:%c -> list:g%u:%c;\n", (unsigned)x,
                side, (unsigned)next, side);
        x = next;
    }
}

void coil_pools_dump_list(FILE *out)
{
    const struct coili_gc *gc = coili_gc_now();

    COIL_CHECK(out != NULL);
    fputs("digraph list {\n  rankdir=LR;\n"
          "  list [shape=record,label=\"trial counts", out);
    COILI_EACH_EXAMINED_ROW(&gc->marks, r)
        COILI_EACH_GRAIN(gc->marks.row[r].suspect, r, x)
            if (is_listed(gc, (uint32_t)x))
                fprintf(out, "|<g%u> %u: born %u", (unsigned)x,
                        (unsigned)x, (unsigned)
                        coili_at(&gc->marks, (uint32_t)x)->gc
                        & COILI_BIRTH);
    fputs("\"];\n", out);
    write_links(out, gc);
    fputs("}\n", out);
}
