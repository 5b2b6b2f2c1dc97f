#include "internal/gc.h"
#include "internal/tuple_layout.h"

/* plain: noting containers of atoms */
/* Stops the traversal (1) at a child that is tracked; but a tuple may
 * turn out to be plain. */
static int is_atom(coil_obj *child, void *arg)
{
    bool *doubt = arg;

    if (!coili_may_be_tracked(child))
        return 0;
    *doubt = true;
    return child->type != &coil_tuple_type;
}

static bool is_filled(coil_obj *tuple)
{
    for (size_t i = 0; i < coili_tuple_of(tuple)->len; i++)
        if (coili_tuple_of(tuple)->items[i] == NULL)
            return false;
    return true;
}

void coili_marks_note_plain(struct coili_marks *m, coil_obj *o,
                            uint32_t x)
{
    struct coili_marks_row *row = &m->row[x / 64];
    bool doubt = false;

    if (m->again || (o->type == &coil_tuple_type && !is_filled(o)) ||
        o->type->traverse(o, is_atom, &doubt) != 0)
        return;
    if (doubt) {
        row->spare |= coili_bit(x);
        m->any_doubt = true;
    } else {
        row->plain |= coili_bit(x);
        m->any_plain = true;
    }
}

/* plain: letting them go */
struct doubt {
    struct coili_gc *gc;
    uint32_t age;               /* of the holder */
};

/* As in a walk in the order of birth: of tuples, only the older ones
 * have been decided about. */
static int is_plain(coil_obj *child, void *arg)
{
    struct doubt *d = arg;
    uint32_t x = (child->gc & COILI_PLACE) - d->gc->first;

    if (!coili_may_be_tracked(child))
        return 0;
    if (child->type != &coil_tuple_type ||
        coili_age(d->gc, child) < d->age)
        return 1;
    if (child->gc & COILI_BESIDE)
        return !coili_marks_plain(&d->gc->marks, child);
    return x >= d->gc->end - d->gc->first ||
        !(d->gc->plain[x / 64] & coili_bit(x));
}

static void decide(struct coili_gc *gc)
{
    struct coili_marks *m = &gc->marks;

    coili_list_begin(m);
    COILI_EACH_EXAMINED_ROW(m, r)
        coili_list_add(m, r, m->row[r].spare & ~m->row[r].suspect);
    coili_list_sort(gc);
    for (uint32_t x = m->top; x != COILI_NOBODY; x = m->trial[x / 2]) {
        coil_obj *o = coili_at(m, x);
        struct doubt d = { gc, coili_age(gc, o) };

        if (o->type->traverse(o, is_plain, &d) == 0)
            m->row[x / 64].plain |= coili_bit(x);
    }
}

void coili_marks_let_go_of_plain(struct coili_gc *gc)
{
    struct coili_marks *m = &gc->marks;

    if (m->span == 0 || !(m->any_plain || m->any_doubt))
        return;
    if (m->any_doubt)
        decide(gc);
    COILI_EACH_EXAMINED_ROW(m, r) {
        struct coili_marks_row *row = &m->row[r];

        COILI_EACH_GRAIN(row->plain & ~row->suspect, r, x)
            coili_gc_forget(coili_at(m, x));
    }
}
