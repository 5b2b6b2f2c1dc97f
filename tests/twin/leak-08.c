/* chapter: 03 */
/* LEAK 8: a reference that goes first is never called; an error in a
 * callback stops nobody. */
#include "support/node.h"
#include "support/twin.h"

static int speak(coil_obj *ref, coil_obj *text)
{
    (void)ref;
    return coil_print(stdout, text) < 0 || printf("\n") < 0 ? -1 : 0;
}

static int fail(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    coil_error_set(COIL_VALUE_ERROR, "callback");
    return -1;
}

static void program(void)
{
    coil_obj *x = must(node_new("node")), *text, *ref, *first, *second;

    text = must(coil_str_from("called"));
    ref = must(coil_weakref_new(x, speak, text));
    COIL_CLEAR(ref);
    COIL_CLEAR(x);
    COIL_CLEAR(text);
    printf("nobody was called\n");

    x = must(node_new("node"));
    text = must(coil_str_from("the older one is called"));
    first = must(coil_weakref_new(x, speak, text));
    second = must(coil_weakref_new(x, fail, NULL));
    COIL_CLEAR(x);
    printf("execution goes on\n");
    coil_decref(first), coil_decref(second), coil_decref(text);
}

int main(void)
{
    return twin_run(program);
}
