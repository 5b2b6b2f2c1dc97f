/* guard.h - a block between two guards
 *
 *     void *block = malloc(guard_size(10));
 *     char *p = guard_dress(block, 10);        // block + 16
 *     p[10] = 'x';                             // one too far
 *     what = guard_look(p, 10, &at);       // GUARD_BEHIND, at is 10
 *
 * A dressed block for size bytes has
 *
 *     8 bytes      size, the highest byte first
 *     8 bytes      0xfd
 *     size bytes   the client's; 0xcd at first
 *     the rest     0xfd: 8 bytes, and up to 15 more, so that the whole
 *                  is a multiple of 16
 *
 * and is 0xdd all over once it is buried.
 *
 * Threads: none.
 */
#ifndef GUARD_H
#define GUARD_H

#include <stddef.h>

/* guard: what may be wrong */
/* What guard_look has seen; the first that is true, from top to
 * bottom:
 *
 *   DEAD     the 16 bytes in front of p are all 0xdd
 *   FRONT    one of the 8 bytes in front of p is not 0xfd
 *   SIZE     the size in front is another one; what stands behind p is
 *            then not looked at
 *   BEHIND   one of the bytes of the rest is not 0xfd
 *   WHOLE    nothing
 */
enum guard_fault {
    GUARD_WHOLE, GUARD_FRONT, GUARD_BEHIND, GUARD_SIZE, GUARD_DEAD
};

/* guard: dressing and looking */
/* guard_size  - how many bytes a dressed block has; 0 if they are more
 *               than a size_t can count
 * guard_dress - write guards and 0xcd; returns the client's part
 * guard_look  - is all as it was?
 *
 *   block   guard_size(size) bytes, which may hold anything
 *   p       what guard_dress returned
 *   size    what the caller believes the size to be
 *   at      FRONT, BEHIND: the damaged byte nearest to the client's, as
 *           an index of p: -1 to -8, or size and up.  Otherwise 0
 *
 * Cost: guard_look O(1), guard_dress O(size).
 */
size_t guard_size(size_t size);
void *guard_dress(void *block, size_t size);
enum guard_fault guard_look(const void *p, size_t size, ptrdiff_t *at);

/* guard: the end of a block */
/* guard_bury - if guard_look finds it WHOLE, make all bytes of the
 *              block 0xdd; else nothing.  Returns what it found
 * guard_used - has a buried block been written to?  1 or 0
 *
 *   at   the first byte that is not 0xdd, as an index of p: from -16
 *        on; 0 if there is none
 */
enum guard_fault guard_bury(void *p, size_t size);
int guard_used(const void *p, size_t size, ptrdiff_t *at);
#endif
