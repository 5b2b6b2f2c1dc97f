#include "stack.h"

struct stack {
    coil_obj head;
    coil_obj **items;           /* cap places; owns len objects */
    size_t len, cap;
};

coil_type stack_type = {
    .head = COIL_TYPE_HEAD, .name = "stack",
    .size = sizeof(struct stack),
};

coil_obj *stack_new(void)
{
    return coil_object_new(&stack_type);
}

bool stack_check(coil_obj *o)
{
    return coil_is(o, &stack_type);
}

size_t stack_len(coil_obj *stack)
{
    (void)stack;
    return 0;
}

int stack_push_steal(coil_obj *stack, coil_obj *item)
{
    (void)stack;
    if (item != NULL)
        coil_error_set(COIL_MEMORY_ERROR, "not written yet");
    coil_decref(item);
    return -1;
}

/* stack.c: off, to be written */
coil_obj *stack_pop(coil_obj *stack)
{
    (void)stack;
    coil_error_set(COIL_INDEX_ERROR, "the stack is empty");
    return NULL;
}

coil_obj *stack_top_borrowed(coil_obj *stack)
{
    (void)stack;
    coil_error_set(COIL_INDEX_ERROR, "the stack is empty");
    return NULL;
}

void stack_clear(coil_obj *stack)
{
    (void)stack;
}
