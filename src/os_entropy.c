#include <stdio.h>
#include <time.h>

#include "internal/os.h"

uint64_t coili_os_entropy(void)
{
    uint64_t bits = 0;
    FILE *f = fopen("/dev/urandom", "rb");

    if (f == NULL || fread(&bits, sizeof bits, 1, f) != 1)
        bits = (uint64_t)time(NULL) ^ (uint64_t)(uintptr_t)&bits;
    if (f != NULL)
        fclose(f);
    return bits != 0 ? bits : 1;
}
