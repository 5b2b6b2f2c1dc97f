/* chapter: 02 */
/* GC 1: the count of an object, as its owners come and go. */
#include "support/twin.h"

static void program(void)
{
    coil_obj *a = must(coil_list_new()), *b, *pair;

    printf("one name: %u\n", (unsigned)coil_count(a));
    b = coil_incref(a);
    printf("two names: %u\n", (unsigned)coil_count(a));
    pair = must(coil_list_of(2, a, a));
    printf("and twice in a list: %u\n", (unsigned)coil_count(a));
    COIL_CLEAR(b);
    COIL_CLEAR(pair);
    printf("one name again: %u\n", (unsigned)coil_count(a));
    coil_decref(a);
}

int main(void)
{
    return twin_run(program);
}
