#include <stdio.h>

#include <coil/coil.h>

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *x = coil_list_new();

    coil_gc_disable();
    printf("new: %d\n", coil_gc_generation(x));
    for (int g = 0; g < 3; g++) {
        coil_gc_collect(g);
        printf("after a run of %d it is in %d\n", g,
               coil_gc_generation(x));
    }
    coil_decref(x);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
