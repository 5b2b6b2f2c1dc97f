/* map.h - classes of blocks: 16 apart to 128, 32 to 256, 64 to 512 */
#ifndef MAP_H
#define MAP_H

#include <stddef.h>

/* map_classes - how many classes there are
 * map_class   - the class of a request, from 0 on; -1: it has none
 * map_size    - the bytes of a block of the class; 0: no such class
 * map_waste   - bytes of blocks beyond what len requests asked for
 */
size_t map_classes(void);
int map_class(size_t request);
size_t map_size(int class);
size_t map_waste(const size_t *requests, size_t len);
#endif
