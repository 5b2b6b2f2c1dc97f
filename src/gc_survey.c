#include "coil/list.h"
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
