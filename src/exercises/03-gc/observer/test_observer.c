#include <stdio.h>

#include "observer.h"

/* tests of exercises: ask one question and compare */
static int failed;

static void expect(const char *what, long long got, long long want)
{
    if (got != want) {
        printf("%s: %lld, not %lld\n", what, got, want);
        failed = 1;
    }
}

static coil_obj *a, *b;         /* weak dicts can listen, too */

/* Whoever hears it drops b. */
static int heard(coil_obj *listener, coil_obj *event)
{
    (void)event;
    printf("%s hears it\n", listener == a ? "a" : "b");
    COIL_CLEAR(b);
    return 0;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *subject = observer_new(heard);

    a = coil_weak_keys_new();
    b = coil_weak_keys_new();
    expect("observer_add", observer_add(subject, a), 0);
    expect("observer_add", observer_add(subject, b), 0);
    expect("the same again", observer_add(subject, a), 0);
    expect("observer_len", (long long)observer_len(subject), 2);
    expect("observer_tell", observer_tell(subject, COIL_NONE), 1);
    expect("without b", (long long)observer_len(subject), 1);
    expect("observer_remove", observer_remove(subject, a), 1);
    expect("observer_tell", observer_tell(subject, COIL_NONE), 0);
    coil_decref(a);
    coil_decref(subject);
    expect("what is left", (long long)coil_runtime_close(rt), 0);
    return failed;
}
