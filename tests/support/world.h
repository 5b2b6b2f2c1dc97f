/* world.h - a runtime beside that of the test, with options
 *
 *     coil_runtime *rt = world_open((coil_options){ .pool_size = 4096 });
 *     ...
 *     world_close(rt);
 *
 * It has pools unless the options say something else, and its hash seed
 * is 1.  Without a hook it uses malloc.
 */
#ifndef WORLD_H
#define WORLD_H

#include "coil/runtime.h"

coil_runtime *world_open(coil_options options);

/* Nothing may be alive, and the pools must be consistent. */
void world_close(coil_runtime *rt);

#endif
