#include <stdio.h>
#include <stdlib.h>

#include "hook.h"

static void *below(void *context, void *p, size_t old, size_t size)
{
    (void)context, (void)old;
    if (size > 0)
        return realloc(p, size);
    free(p);
    return NULL;
}

int main(void)
{
    struct hook h = { .below = below };
    char *a = hook_memory(&h, NULL, 0, 100);
    char *b = hook_memory(&h, NULL, 0, 7);

    a = hook_memory(&h, a, 100, 50);
    hook_memory(&h, b, 8, 0);               /* it had 7 */
    printf("now %zu, most %zu, wrong %zu\n", h.now, h.most, h.wrong);
    hook_memory(&h, a, 50, 0);
    return h.now == 0 && h.most == 107 && h.wrong == 1
           && h.requests[2] == 1 && h.requests[5] == 1
           && h.requests[6] == 1 ? 0 : 1;
}
