#include "coil/list.h"
#include "internal/gc.h"
#include "internal/object.h"
#include "internal/weak.h"

/* words: last words */
static uint64_t with_words(const struct coili_marks *m, uint32_t r)
{
    uint64_t bits = 0;

    COILI_EACH_GRAIN(m->row[r].suspect & m->row[r].special, r, x) {
        coil_obj *o = coili_at(m, x);

        if ((o->gc & COILI_WEAKLY) ||
            (o->type->finalize != NULL && !(o->gc & COILI_FINALIZED)))
            bits |= coili_bit(x);
    }
    return bits;
}

bool coili_marks_have_words(const struct coili_marks *m)
{
    COILI_EACH_EXAMINED_ROW(m, r)
        if (with_words(m, r) != 0)
            return true;
    return false;
}

static void list_those_with_words(struct coili_gc *gc)
{
    coili_list_begin(&gc->marks);
    COILI_EACH_EXAMINED_ROW(&gc->marks, r)
        coili_list_add(&gc->marks, r, with_words(&gc->marks, r));
    coili_list_sort(gc);
}

/* As for the vector alone, for both kinds in the order of birth. */
static void clear_weakrefs(struct coili_gc *gc, bool at_end)
{
    struct coili_weak_calls calls = { NULL, &calls.first };
    struct coili_elders e = coili_elders_begin(gc);
    coil_obj *o;

    while ((o = coili_elders_next(&e)) != NULL) {
        if (!(o->gc & COILI_WEAKLY))
            continue;
        if (!coili_is_weak(o))
            coili_weak_clear(o, &calls);
        else if (at_end)
            coili_weak_unlink(coili_weakref_of(o));
    }
    coili_weak_call(&calls);
}

uint32_t coili_marks_hear_words(struct coili_gc *gc)
{
    struct coili_elders e;
    uint32_t dead;
    coil_obj *o;

    list_those_with_words(gc);
    coili_arenas_hold(&coili_thread->runtime->pools, true);
    clear_weakrefs(gc, false);
    e = coili_elders_begin(gc);
    while ((o = coili_elders_next(&e)) != NULL) {
        coil_incref(o);
        coili_finalize(o);
        coil_decref(o);
    }
    coili_arenas_hold(&coili_thread->runtime->pools, false);
    dead = coili_gc_detect_again(gc);
    list_those_with_words(gc);
    clear_weakrefs(gc, true);
    return dead;
}

/* words: saving instead */
void coili_marks_save(struct coili_gc *gc)
{
    coil_obj *list = coil_gc_garbage(), *o;
    struct coili_elders e;

    if (list == NULL)
        coil_error_ignore("saving what is unreachable");
    coili_list_begin(&gc->marks);
    COILI_EACH_EXAMINED_ROW(&gc->marks, r)
        coili_list_add(&gc->marks, r, gc->marks.row[r].suspect);
    coili_list_sort(gc);
    e = coili_elders_begin(gc);
    while ((o = coili_elders_next(&e)) != NULL)
        if (list != NULL && coil_list_append(list, o) < 0)
            coil_error_ignore("saving what is unreachable");
    coil_decref(list);
}
