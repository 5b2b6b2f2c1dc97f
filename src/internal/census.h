/* census.h - counting births and deaths (internal) */
#ifndef COILI_CENSUS_H
#define COILI_CENSUS_H

#include <stdatomic.h>

#include "coil/census.h"
#include "internal/thread.h"

static inline uint32_t coili_census_row_of(coil_type *type)
{
    return atomic_load_explicit(&type->census, memory_order_relaxed);
}

/* Give the type a row in the current runtime.  NULL: MemoryError. */
struct coili_census_row *coili_census_grow(coil_type *type);

/* The row of the type, which gets one if it has none; or NULL. */
static inline struct coili_census_row *
coili_census_admit(coil_type *type)
{
    coil_runtime *rt = coili_thread->runtime;
    uint32_t row = coili_census_row_of(type);

    if (row < rt->census_rows && rt->census[row].type == type)
        return &rt->census[row];
    return coili_census_grow(type);
}

static inline void coili_census_add(coil_type *type, int change)
{
    coil_runtime *rt = coili_thread->runtime;

    rt->census[coili_census_row_of(type)].live += (size_t)change;
}
#endif
