/* census.h - how many objects of each type are alive
 *
 *     coil_census_print(stdout);       // "int 3", "list 1", ...
 *
 * Objects that nobody allocated, such as None, are not counted.
 * Threads: confined.
 */
#ifndef COIL_CENSUS_H
#define COIL_CENSUS_H

#include <stdio.h>

#include "coil/object.h"

/* coil_census_live  - all living objects of the current runtime
 * coil_census_of    - those of one type
 * coil_census_print - a line "name number" for each type that has any,
 *                     in the order in which the types were first used
 */
size_t coil_census_live(void);
size_t coil_census_of(coil_type *type);
void coil_census_print(FILE *out);
#endif
