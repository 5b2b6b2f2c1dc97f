#include "search.h"

/* The references, sorted: object i refers to to[first[i]] up to
 * to[first[i + 1] - 1]. */
struct sorted {
    size_t *first, *to;
};

int search_trial(const struct search_world *world, uint32_t *trial)
{
    size_t len = world->len;

    for (size_t i = 0; i < world->refs_len; i++) {
        if (world->refs[i].from >= len || world->refs[i].to >= len) {
            coil_error_set(COIL_VALUE_ERROR, "no such object");
            return -1;
        }
    }
    for (size_t i = 0; i < len; i++)
        trial[i] = world->counts[i];
    for (size_t i = 0; i < world->refs_len; i++) {
        if (trial[world->refs[i].to]-- == 0) {
            coil_error_set(COIL_SYSTEM_ERROR, "refcount is too small");
            return -1;
        }
    }
    return 0;
}

static void sort(const struct search_world *world,
                 const struct sorted *sorted)
{
    size_t *first = sorted->first;

    for (size_t i = 0; i <= world->len; i++)
        first[i] = 0;
    for (size_t i = 0; i < world->refs_len; i++)
        first[world->refs[i].from]++;
    for (size_t i = 1; i <= world->len; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < world->refs_len; i++)
        sorted->to[--first[world->refs[i].from]] = world->refs[i].to;
}

/* Set the trial count of all that is reached to something. */
static void mark(const struct search_world *world,
                 const struct sorted *sorted, uint32_t *trial,
                 size_t *stack)
{
    size_t depth = 0;

    for (size_t i = 0; i < world->len; i++)
        if (trial[i] > 0)
            stack[depth++] = i;
    while (depth > 0) {
        size_t o = stack[--depth];

        for (size_t k = sorted->first[o]; k < sorted->first[o + 1];
             k++) {
            if (trial[sorted->to[k]] == 0) {
                trial[sorted->to[k]] = 1;
                stack[depth++] = sorted->to[k];
            }
        }
    }
}

ptrdiff_t search_garbage(const struct search_world *world,
                         size_t *garbage)
{
    size_t trial_size = world->len * sizeof(uint32_t);
    size_t first_size = (world->len + 1) * sizeof(size_t);
    size_t to_size = world->refs_len * sizeof(size_t);
    uint32_t *trial = coil_memory_alloc(trial_size);
    struct sorted sorted = {NULL, NULL};
    ptrdiff_t n = -1;

    if (trial == NULL || search_trial(world, trial) < 0
        || (sorted.first = coil_memory_alloc(first_size)) == NULL
        || (sorted.to = coil_memory_alloc(to_size)) == NULL)
        goto done;
    sort(world, &sorted);
    mark(world, &sorted, trial, garbage);
    n = 0;
    for (size_t i = 0; i < world->len; i++)
        if (trial[i] == 0)
            garbage[n++] = i;
done:
    coil_memory_free(sorted.to, to_size);
    coil_memory_free(sorted.first, first_size);
    coil_memory_free(trial, trial_size);
    return n;
}
