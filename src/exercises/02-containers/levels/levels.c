#include "levels.h"

#include "deque.h"

coil_obj *levels_from(coil_obj *graph, coil_obj *start)
{
    coil_obj *far = coil_dict_new(), *queue = deque_new();

    deque_append(queue, start);
    while (deque_len(queue) > 0) {
        coil_obj *place = deque_pop_left(queue);

        coil_dict_set(far, place, coil_int_new(0));
        (void)graph;            /* where to from here? */
    }
    coil_decref(queue);
    return far;
}
