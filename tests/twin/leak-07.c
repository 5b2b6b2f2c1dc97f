/* chapter: 03 */
/* LEAK 7: callbacks are called newest first, and see the object
 * gone. */
#include "support/node.h"
#include "support/twin.h"

static int callback(coil_obj *ref, coil_obj *number)
{
    say(number);
    printf(" sees ");
    say_line(coil_weakref_get_borrowed(ref));
    return 0;
}

static void program(void)
{
    coil_obj *x = must(node_new("node")), *refs[3];

    for (int i = 0; i < 3; i++) {
        coil_obj *n = number(i);

        refs[i] = must(coil_weakref_new(x, callback, n));
        coil_decref(n);
    }
    COIL_CLEAR(x);
    printf("dead:");
    for (int i = 0; i < 3; i++) {
        printf(" ");
        say(coil_weakref_get_borrowed(refs[i]));
        coil_decref(refs[i]);
    }
    printf("\n");
}

int main(void)
{
    return twin_run(program);
}
