#include "deque.h"

struct deque {
    coil_obj head;
    coil_obj **items;           /* a ring of cap places */
    size_t cap, first, len;     /* owns len elements from first on */
};

coil_type deque_type = {
    .head = COIL_TYPE_HEAD, .name = "deque",
    .size = sizeof(struct deque),
};

coil_obj *deque_new(void)
{
    return coil_object_new(&deque_type);
}

bool deque_check(coil_obj *o)
{
    return coil_is(o, &deque_type);
}

size_t deque_len(coil_obj *deque)
{
    (void)deque;
    return 0;
}

int deque_append(coil_obj *deque, coil_obj *item)
{
    (void)deque, (void)item;
    coil_error_set(COIL_MEMORY_ERROR, "not written yet");
    return -1;
}

int deque_append_left(coil_obj *deque, coil_obj *item)
{
    return deque_append(deque, item);
}

/* deque.c: off, to be written */
coil_obj *deque_pop(coil_obj *deque)
{
    (void)deque;
    coil_error_set(COIL_INDEX_ERROR, "pop from an empty deque");
    return NULL;
}

coil_obj *deque_pop_left(coil_obj *deque)
{
    return deque_pop(deque);
}

void deque_clear(coil_obj *deque)
{
    (void)deque;
}
