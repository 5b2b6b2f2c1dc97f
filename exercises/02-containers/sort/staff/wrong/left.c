/* fails: memory leak */
/* the block of pointers is left when the second one fails */
#include <string.h>

#include "sort.h"

struct sort {
    sort_order *order;
    void *context;
    coil_obj **room;            /* a place for each of the elements */
};

/* Merge items[0 .. middle) and items[middle .. n), both in order. */
static int merge(struct sort *s, coil_obj **items, size_t middle,
                 size_t n)
{
    size_t left = 0, right = middle, at = 0;

    memcpy(s->room, items, middle * sizeof *items);
    while (left < middle && right < n) {
        int order = s->order(s->room[left], items[right], s->context);

        if (order < -1)
            return -1;
        items[at++] = order > 0 ? items[right++] : s->room[left++];
    }
    while (left < middle)
        items[at++] = s->room[left++];
    return 0;
}

static int merge_sort(struct sort *s, coil_obj **items, size_t n)
{
    size_t middle = n / 2;

    if (n < 2)
        return 0;
    int rv = merge_sort(s, items, middle);
    if (rv == 0)
        rv = merge_sort(s, items + middle, n - middle);
    return rv == 0 ? merge(s, items, middle, n) : rv;
}

static bool is_unchanged(coil_obj *list, coil_obj *copy)
{
    size_t n = coil_list_len(copy), i = 0;

    if (coil_list_len(list) != n)
        return false;
    while (i < n && coil_list_get_borrowed(list, i)
                    == coil_list_get_borrowed(copy, i))
        i++;
    return i == n;
}

/* Put items, which copy keeps, into the list. */
static int finish(coil_obj *list, coil_obj *copy, coil_obj **items)
{
    if (!is_unchanged(list, copy)) {
        coil_error_set(COIL_VALUE_ERROR, "list modified during sort");
        return -1;
    }
    for (size_t i = 0; i < coil_list_len(copy); i++)
        coil_list_set(list, i, items[i]);
    return 0;
}

int sort_list(coil_obj *list, sort_order *order, void *context)
{
    size_t n = coil_list_len(list), size = n * sizeof(coil_obj *);
    coil_obj *copy = coil_list_slice(list, 0, n), **items = NULL;
    struct sort s = {order, context, NULL};
    int rv = -1;

    if (copy == NULL || !(items = coil_memory_alloc(size)))
        goto done;
    if (!(s.room = coil_memory_alloc(size))) {
        coil_decref(copy);
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        items[i] = coil_list_get_borrowed(copy, i);
    rv = merge_sort(&s, items, n);
    if (rv == 0)
        rv = finish(list, copy, items);
done:
    coil_memory_free(s.room, size);
    coil_memory_free(items, size);
    coil_decref(copy);
    return rv;
}
