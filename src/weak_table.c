#include <string.h>

#include "coil/memory.h"
#include "internal/weak.h"

/* weak table: finding */
static size_t home_of(const coil_runtime *rt, const coil_obj *o)
{
    uint64_t mixed = ((uintptr_t)o >> 4) *
                     UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)(mixed >> 32) & (rt->weak_cap - 1);
}

static struct coili_weak_row *find_row(coil_runtime *rt, coil_obj *o)
{
    size_t i = home_of(rt, o);

    while (rt->weak[i].object != NULL && rt->weak[i].object != o)
        i = (i + 1) & (rt->weak_cap - 1);
    return &rt->weak[i];
}

struct coili_weak_row *coili_weak_find(coil_obj *o)
{
    struct coili_weak_row *row = find_row(coili_thread->runtime, o);

    COIL_ASSERT(row->object == o);
    return row;
}

/* weak table: growing */
static int grow_table(coil_runtime *rt)
{
    struct coili_weak_row *old = rt->weak, *rows;
    size_t old_cap = rt->weak_cap, cap = old_cap ? 2 * old_cap : 16;

    if ((rows = coil_memory_alloc(cap * sizeof *rows)) == NULL)
        return -1;
    memset(rows, 0, cap * sizeof *rows);
    rt->weak = rows;
    rt->weak_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].object != NULL)
            *find_row(rt, old[i].object) = old[i];
    coil_memory_free(old, old_cap * sizeof *old);
    return 0;
}

/* weak table: adding and removing */
struct coili_weak_row *coili_weak_add(coil_obj *o)
{
    coil_runtime *rt = coili_thread->runtime;
    struct coili_weak_row *row;

    if (3 * rt->weak_len >= 2 * rt->weak_cap && grow_table(rt) < 0)
        return NULL;
    row = find_row(rt, o);
    row->object = o;
    row->first = NULL;
    rt->weak_len++;
    o->gc |= COILI_WEAKLY;
    return row;
}

void coili_weak_remove(struct coili_weak_row *row)
{
    coil_runtime *rt = coili_thread->runtime;
    size_t mask = rt->weak_cap - 1, gap = (size_t)(row - rt->weak);

    row->object->gc &= ~COILI_WEAKLY;
    for (size_t i = (gap + 1) & mask; rt->weak[i].object != NULL;
         i = (i + 1) & mask) {
        size_t home = home_of(rt, rt->weak[i].object);

        if (((i - home) & mask) >= ((i - gap) & mask)) {
            rt->weak[gap] = rt->weak[i];
            gap = i;
        }
    }
    rt->weak[gap].object = NULL;
    rt->weak_len--;
}

/* weak table: validation */
void coili_weak_validate(void)
{
    coil_runtime *rt = coili_thread->runtime;
    size_t len = 0;

    for (size_t i = 0; i < rt->weak_cap; i++) {
        coil_obj *o = rt->weak[i].object;
        struct coili_weakref *r = rt->weak[i].first;

        if (o == NULL)
            continue;
        len++;
        COIL_ASSERT((o->gc & COILI_WEAKLY) && r != NULL);
        COIL_ASSERT(coili_weak_find(o) == &rt->weak[i]);
        COIL_ASSERT(r->previous == NULL);
        for (; r != NULL; r = r->next) {
            COIL_ASSERT(r->object == o);
            COIL_ASSERT(r->next == NULL || r->next->previous == r);
        }
    }
    COIL_ASSERT(len == rt->weak_len);
}
