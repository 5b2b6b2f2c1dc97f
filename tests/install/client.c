/* A stranger's program: all it has is the installed library. */
#include <coil/coil.h>
#include <stdio.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *n = coil_int_new(42);
    int rv = coil_print(stdout, n);

    coil_decref(n);
    puts(coil_error_is(COIL_TYPE_ERROR) ? "!" : "");
    return coil_runtime_close(rt) == 0 && rv == 0 ? 0 : 1;
}
