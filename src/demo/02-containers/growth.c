#include <stdio.h>
#include <stdlib.h>

#include <coil/coil.h>

/* growth: a memory hook that counts moves */
struct moves { size_t count, bytes; };

static void *count_moves(void *context, void *p, size_t old,
                         size_t size)
{
    struct moves *m = context;

    if (old > 0 && size > old) {
        m->count++;
        m->bytes += old;
    }
    if (size > 0)
        return realloc(p, size);
    free(p);
    return NULL;
}

int main(void)
{
    struct moves m = { 0, 0 };
    coil_options options = { .memory = count_moves,
                             .memory_context = &m };
    coil_runtime *rt = coil_runtime_open(&options);

    for (size_t len = 10; len <= 1000000; len *= 10) {
        /* growth: append to a new list, and report */
        coil_obj *list = coil_list_new();

        m.count = m.bytes = 0;
        for (size_t i = 0; i < len; i++)
            coil_list_append(list, COIL_NONE);
        printf("appends: %7zu, moves: %2zu, copies an element: %.1f\n", len,
               m.count, (double)m.bytes / sizeof(coil_obj *) / (double)len);
        coil_decref(list);
    }
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
