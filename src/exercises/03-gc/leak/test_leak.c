#include <stdio.h>

#include "leak.h"

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *desk = leak_desk_new();
    size_t live[2];

    for (int i = 0; i < 100; i++) {
        coil_obj *name = coil_str_format("page %d", i);
        coil_obj *page = leak_open(desk, name);

        coil_decref(page);
        coil_decref(name);
        live[i > 0] = coil_census_live();
    }
    if (live[1] != live[0])
        printf("99 rounds more, %td objects more\n",
               (ptrdiff_t)(live[1] - live[0]));
    coil_census_print(stdout);
    coil_decref(desk);
    return coil_runtime_close(rt) != 0 || live[1] != live[0];
}
