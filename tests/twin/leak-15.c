/* chapter: 03 */
/* LEAK 15: finalize objects. */
#include "support/node.h"
#include "support/twin.h"

/* The context is a list of what is to be printed, as print() does. */
static int speak(coil_obj *words)
{
    size_t len = coil_list_len(words);

    for (size_t i = 0; i < len; i++) {
        if (i > 0)
            putchar(' ');
        if (coil_print(stdout, coil_list_get_borrowed(words, i)) < 0)
            return -1;
    }
    putchar('\n');
    return 0;
}

static coil_obj *finalize(coil_obj *x, const char *text, coil_obj *more)
{
    coil_obj *words = wrap_steal(must(coil_str_from(text))), *f;

    if (more != NULL)
        ok(coil_list_append(words, more));
    f = must(coil_finalize_new(x, speak, words));
    coil_decref(words);
    return f;
}

static int speak_first(coil_obj *words)
{
    printf("at the end ");
    say_line(coil_list_get_borrowed(words, 0));
    return 0;
}

static void in_order(void)
{
    coil_obj *x = must(node_new("node"));

    for (int i = 0; i < 3; i++)
        coil_decref(finalize(x, "finalize", number(i)));
    COIL_CLEAR(x);
    printf("dropped\n");
}

static void at_most_once(void)
{
    coil_obj *x = must(node_new("node"));
    coil_obj *f = finalize(x, "called by hand", NULL);

    printf("alive: %s\n", truth(coil_finalize_alive(f)));
    ok(coil_finalize_call(f));
    printf("alive: %s\n", truth(coil_finalize_alive(f)));
    ok(coil_finalize_call(f));
    COIL_CLEAR(x);
    COIL_CLEAR(f);
    printf("never a second time\n");

    x = must(node_new("node"));
    f = finalize(x, "by death", NULL);
    printf("alive: %s\n", truth(coil_finalize_alive(f)));
    COIL_CLEAR(x);
    printf("alive: %s\n", truth(coil_finalize_alive(f)));
    COIL_CLEAR(f);

    x = must(node_new("node"));
    f = finalize(x, "detached", NULL);
    ok(coil_finalize_detach(f));
    printf("alive: %s\n", truth(coil_finalize_alive(f)));
    COIL_CLEAR(x);
    COIL_CLEAR(f);
}

static void at_the_end(void)
{
    for (int i = 0; i < 2; i++) {
        coil_obj *x =
            must(node_new("node")); /* its finalize holds it */
        coil_obj *words = must(coil_list_of(2, number(i), x));

        coil_decref(must(coil_finalize_new(x, speak_first, words)));
        coil_decref(words);
        coil_decref(x);
    }
}

static void program(void)
{
    in_order();
    at_most_once();
    at_the_end();
    printf("end\n");
}

int main(void)
{
    return twin_run(program);
}
