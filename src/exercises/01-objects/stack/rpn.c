#include <stdlib.h>
#include <string.h>

#include "stack.h"

static int calculate(coil_obj *stack, char operator)
{
    coil_obj *b = stack_pop(stack);
    coil_obj *a = b != NULL ? stack_pop(stack) : NULL;
    int rv = -1;

    if (a != NULL)
        rv = stack_push_steal(stack, operator == '+' ? coil_add(a, b)
                              : operator == '-' ? coil_subtract(a, b)
                              : coil_multiply(a, b));
    coil_decref(a);
    coil_decref(b);
    return rv;
}

static coil_obj *only_one(coil_obj *stack)
{
    if (stack_len(stack) > 1) {
        coil_error_set(COIL_VALUE_ERROR, "%zu values are left",
                       stack_len(stack));
        return NULL;
    }
    return stack_pop(stack);
}

/* rpn.c: read a text */
/* The value of "3 4 + 5 *", new; NULL with an error. */
static coil_obj *rpn_value(const char *text)
{
    coil_obj *stack = stack_new(), *value = NULL;
    int rv = stack != NULL ? 0 : -1;

    for (text += strspn(text, " "); rv == 0 && *text != '\0';
         text += strspn(text, " ")) {
        if (strchr("+-*", *text) != NULL)
            rv = calculate(stack, *text++);
        else
            rv = stack_push_steal(stack,
                    coil_int_new(strtoll(text, (char **)&text, 10)));
    }
    if (rv == 0)
        value = only_one(stack);
    coil_decref(stack);
    return value;
}
