/* chapter: 03 */
/* LEAK 13: a proxy whose object is gone. */
#include "support/node.h"
#include "support/twin.h"

static void program(void)
{
    coil_obj *x = must(node_new("node")), *proxy, *o;

    ok(node_set_steal(x, "value", number(42)));
    proxy = must(coil_proxy_new(x, NULL, NULL));
    o = must(coil_proxy_get(proxy));
    printf("alive: ");
    say_line(node_get_borrowed(o, "value"));
    COIL_CLEAR(o);
    COIL_CLEAR(x);
    o = coil_proxy_get(proxy);
    if (o == NULL) {
        coil_error_print(stdout);
        coil_error_clear();
    }
    coil_decref(o);
    coil_decref(proxy);
}

int main(void)
{
    return twin_run(program);
}
