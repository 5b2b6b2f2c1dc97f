/* arena.h - pools out of arenas, which come and go
 *
 *     struct arena_heap heap = { .take = from_system,
 *                                .give = to_system };
 *     void *pool = arena_take(&heap);
 *     ...
 *     arena_give(&heap, pool);
 *
 * An arena has ARENA_SIZE bytes and lies at a multiple of that.  It is
 * cut into ARENA_POOLS pools of equal size, and is theirs to the last
 * byte: nothing else is ever written or read there.
 *
 * Threads: confined.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdint.h>

#define ARENA_SIZE 65536
#define ARENA_POOLS 8
#define ARENA_MOST 64           /* arenas at a time */

/* arena: the books */
/* All members but the first three are zero at first, and then the
 * module's own, which may use them as it likes. */
struct arena_heap {
    void *(*take)(void *context);       /* an arena; NULL: none left */
    void (*give)(void *context, void *arena);
    void *context;              /* is passed to both */
    size_t len;
    struct arena {
        char *at;
        uint32_t taken, other;
    } arenas[ARENA_MOST];
};

/* arena: taking and giving */
/* arena_take - a pool that is not taken
 *
 * It comes from the fullest arena that has such a pool, that is, the
 * one with the most pools taken; if there are several, from the one of
 * them with the lowest address; and it is that arena's free pool with
 * the lowest address.  Only if no arena has a free pool is another
 * arena taken.
 *
 * Ownership: the pool is the caller's until it is given back.
 * Errors:    NULL if there is no other arena to be had, or there are
 *            ARENA_MOST; no error is set.
 *
 * arena_give - the pool is free again
 *
 *   pool   its first byte
 *
 * An empty arena goes back, unless no other arena has a free pool; one
 * that had to stay for that reason goes back as soon as another has.
 *
 * Checked: nothing; pool must be a taken one.
 * Cost:    both: O(arenas).
 *
 * arena_close - all arenas go back, whatever is taken; the heap is
 *               empty, and may be used again
 */
void *arena_take(struct arena_heap *heap);
void arena_give(struct arena_heap *heap, void *pool);
void arena_close(struct arena_heap *heap);
#endif
