#include <stdio.h>
#include <stdlib.h>

#include "coil/base.h"

void coil_check_failed(const char *fault, const char *cond,
                       const char *function)
{
    fprintf(stderr, "coil: %s in %s: %s\n", fault, function, cond);
    abort();
}
