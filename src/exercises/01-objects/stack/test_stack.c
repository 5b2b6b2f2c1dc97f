#include <stdio.h>

#include "rpn.c"

static void show(const char *text)
{
    coil_obj *value = rpn_value(text);

    printf("%s: ", text);
    if (value != NULL)
        coil_print(stdout, value);
    coil_error_print(stdout);
    coil_error_clear();
    printf("\n");
    coil_decref(value);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *stack = stack_new();
    int rv = 0;

    show("3 4 + 5 *");          /* 35 */
    show("1 +");                /* IndexError: the stack is empty */
    for (int64_t i = 0; rv == 0 && i < 10; i++)
        rv = stack_push_steal(stack, coil_int_new(1000 + i));
    coil_error_clear();
    rv |= stack_len(stack) != 10;
    rv |= stack_push_steal(stack, coil_incref(stack)) != 0;
    coil_error_clear();
    coil_print(stdout, stack);  /* ends with: 1009, stack(...)) */
    printf("\n");
    stack_clear(stack);
    coil_decref(stack);
    return coil_runtime_close(rt) == 0 && rv == 0 ? 0 : 1;
}
