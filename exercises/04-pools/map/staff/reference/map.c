#include "map.h"

/* A stretch of classes: `step` apart, from `first` on, up to `top`. */
static const struct stretch {
    size_t bottom, top, step;
    int first;
} stretches[] = {
    { 0, 128, 16, 0 }, { 128, 256, 32, 8 }, { 256, 512, 64, 12 },
};

enum { STRETCHES = 3, CLASSES = 16 };

size_t map_classes(void)
{
    return CLASSES;
}

int map_class(size_t request)
{
    if (request == 0)
        request = 1;
    for (int i = 0; i < STRETCHES; i++) {
        const struct stretch *s = &stretches[i];

        if (request <= s->top)
            return s->first
                   + (int)((request - s->bottom - 1) / s->step);
    }
    return -1;
}

size_t map_size(int class)
{
    int i = STRETCHES - 1;

    if (class < 0 || class >= CLASSES)
        return 0;
    while (class < stretches[i].first)
        i--;
    return stretches[i].bottom
           + stretches[i].step
                 * (size_t)(class - stretches[i].first + 1);
}

size_t map_waste(const size_t *requests, size_t len)
{
    size_t sum = 0;

    for (size_t i = 0; i < len; i++) {
        int class = map_class(requests[i]);

        if (class >= 0)
            sum += map_size(class) - requests[i];
    }
    return sum;
}
