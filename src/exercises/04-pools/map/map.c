#include "map.h"

size_t map_classes(void)
{
    return 32;                  /* yours has fewer */
}

int map_class(size_t request)
{
    return ((int)request - 1) / 16;
}

size_t map_size(int class)
{
    return 16 * ((size_t)class + 1);
}

size_t map_waste(const size_t *requests, size_t len)
{
    (void)requests, (void)len;
    return 0;
}
