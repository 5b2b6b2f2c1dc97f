/* fails: errors */
/* after an error the deque is forgotten */
#include "levels.h"

#include "deque.h"

/* A place is found: it has a distance, and waits for its turn. */
static int found(coil_obj *far, coil_obj *queue, coil_obj *place,
                 int64_t steps)
{
    coil_obj *n = coil_int_new(steps);
    int rv = -1;

    if (n != NULL)
        rv = coil_dict_set(far, place, n);
    if (rv == 0)
        rv = deque_append(queue, place);
    coil_decref(n);
    return rv;
}

static int64_t distance(coil_obj *far, coil_obj *place)
{
    coil_obj *n = NULL;
    int64_t steps = 0;

    if (coil_dict_get_borrowed(far, place, &n) == 1)
        coil_int_value(n, &steps);
    return steps;
}

/* The caller holds the list, this the element: a look-up may run code
 * that lets go of both. */
static int walk(coil_obj *far, coil_obj *queue, coil_obj *list,
                int64_t steps)
{
    int rv = 0;

    for (size_t i = 0; rv >= 0 && i < coil_list_len(list); i++) {
        coil_obj *next = coil_list_get(list, i), *old;

        rv = coil_dict_get_borrowed(far, next, &old);
        if (rv == 0)
            rv = found(far, queue, next, steps + 1);
        coil_decref(next);
    }
    return rv;
}

static int go_on(coil_obj *graph, coil_obj *far, coil_obj *queue)
{
    coil_obj *place = deque_pop_left(queue);
    coil_obj *list = coil_dict_item(graph, place);
    int rv = -1;

    if (list != NULL && !coil_list_check(list))
        coil_error_set(COIL_TYPE_ERROR, "the steps are no list");
    else if (list != NULL)
        rv = walk(far, queue, list, distance(far, place));
    coil_decref(list);
    coil_decref(place);
    return rv;
}

coil_obj *levels_from(coil_obj *graph, coil_obj *start)
{
    coil_obj *far = coil_dict_new();
    coil_obj *queue = far != NULL ? deque_new() : NULL;
    int rv = -1;

    COIL_CHECK(coil_dict_check(graph));
    if (queue != NULL)
        rv = found(far, queue, start, 0);
    while (rv >= 0 && deque_len(queue) > 0)
        rv = go_on(graph, far, queue);
    if (rv < 0)
        COIL_CLEAR(far);
    else
        coil_decref(queue);
    return far;
}
