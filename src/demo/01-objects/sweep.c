#include <stdio.h>

#include <coil/coil.h>

static coil_obj *greet(const char *name)
{
    coil_obj *hello = coil_str_from("hello, "), *who = NULL, *s = NULL;

    if (hello != NULL && (who = coil_str_from(name)) != NULL)
        s = coil_str_concat(hello, who);
    coil_decref(hello);
    coil_decref(who);
    return s;
}

/* sweep: fail request after request until none is left */
int main(void)
{
    size_t left = 0;
    bool failed = true;

    for (size_t n = 0; failed; n++) {
        coil_runtime *rt = coil_runtime_open(NULL);

        coil_memory_fail_at(n);
        coil_obj *s = greet("world");
        failed = coil_memory_failed();
        printf("request %zu fails: ", n);
        if (s != NULL)
            coil_print(stdout, s);
        printf("%s (alive: %zu)\n", coil_error_text(),
               coil_census_live());
        coil_error_clear();
        coil_decref(s);
        left += coil_runtime_close(rt);
    }
    return left == 0 ? 0 : 1;
}
