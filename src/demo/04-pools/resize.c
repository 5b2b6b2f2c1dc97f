#include <stdio.h>

#include <coil/coil.h>

static void try(size_t from, size_t to)
{
    char *p = coil_memory_alloc(from), *q;
    void *old = p;

    q = coil_memory_resize(p, from, to);
    printf("%3zu to %3zu: %s\n", from, to,
           q == old ? "the same place" : "moved");
    coil_memory_free(q, to);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);

    try(512, 400);
    try(512, 385);
    try(512, 384);
    try(100, 112);
    try(100, 113);
    try(64, 49);
    try(64, 48);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
