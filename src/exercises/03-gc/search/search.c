#include "search.h"

int search_trial(const struct search_world *world, uint32_t *trial)
{
    for (size_t i = 0; i < world->len; i++)
        trial[i] = world->counts[i];
    return 0;
}

ptrdiff_t search_garbage(const struct search_world *world,
                         size_t *garbage)
{
    (void)world, (void)garbage;
    return 0;
}
