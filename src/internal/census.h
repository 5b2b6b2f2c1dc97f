/* census.h - counting births and deaths (internal) */
#ifndef COILI_CENSUS_H
#define COILI_CENSUS_H

#include "coil/census.h"
#include "internal/thread.h"

/* Make sure that the current runtime has a row for the type. */
static inline int coili_census_admit(coil_type *type);
int coili_census_grow(coil_type *type);

static inline int coili_census_admit(coil_type *type)
{
    coil_runtime *rt = coili_thread->runtime;

    if (type->census < rt->census_rows &&
        rt->census[type->census].type == type)
        return 0;
    return coili_census_grow(type);
}

static inline void coili_census_add(coil_type *type, int change)
{
    coil_runtime *rt = coili_thread->runtime;

    rt->census[type->census].live += (size_t)change;
}
#endif
