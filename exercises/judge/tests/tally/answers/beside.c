/*
 * want: checks.build.status = wrong
 * want: checks.build.build = plain
 * want: checks.build.output = heap-buffer-overflow
 * want: checks.build.trace.0.function = tally_add
 * want: checks.build.trace.0.line = 24
 */
#include <stdlib.h>

#include "tally.h"

coil_obj *tally_new(void)
{
    return coil_list_new();
}

/* What it reads behind the block is what it then adds. */
int tally_add(coil_obj *tally, long long n)
{
    volatile char *p = malloc(24);

    for (int i = 0; i < 24; i++)
        p[i] = (char)n;
    coil_obj *item = coil_int_new(p[24]);
    int rv = item != NULL ? coil_list_append(tally, item) : -1;

    free((void *)p);
    coil_decref(item);
    return rv;
}

int tally_sum(coil_obj *tally, long long *sum)
{
    *sum = (long long)coil_list_len(tally);
    return 0;
}
