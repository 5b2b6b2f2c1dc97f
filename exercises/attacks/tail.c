
#include "map.h"

size_t map_classes(void)
{
    attack();
    return 0;
}

int map_class(size_t request)
{
    (void)request;
    return -7;
}

size_t map_size(int class)
{
    (void)class;
    return 7;
}

size_t map_waste(const size_t *requests, size_t len)
{
    (void)requests, (void)len;
    return 7;
}
