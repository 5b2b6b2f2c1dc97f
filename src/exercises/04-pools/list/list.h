/* list.h - a pool of equal blocks, with a list of the free ones
 *
 *     void *memory = ...;     // LIST_POOL bytes, at a multiple of that
 *     list_init(memory, 48);
 *     char *a = list_take(memory);             // memory + 64
 *     char *b = list_take(memory);             // memory + 64 + 48
 *     list_give(a);
 *     a = list_take(memory);                   // memory + 64 again
 *
 * The first LIST_HEAD bytes are the pool's own.  The blocks begin right
 * behind them, one behind the other; bytes at the end that are too few
 * for a block are not used.
 *
 * Threads: confined.
 */
#ifndef LIST_H
#define LIST_H

#include <stddef.h>

#define LIST_POOL 65536         /* bytes of a pool */
#define LIST_HEAD 64            /* of them, in front of the blocks */

/* list: making and asking */
/* list_init  - make a pool of what is at memory
 * list_room  - how many blocks it has, taken or not
 * list_taken - how many of them are taken
 * list_pool  - the pool that an address lies in
 *
 *   memory   LIST_POOL bytes at a multiple of LIST_POOL, which may hold
 *            anything
 *   size     of a block: a multiple of 16, from 16 to 512
 *   p        any address in a pool, that of its head included
 *
 * Ownership: memory stays the caller's.
 * Cost:      O(1).  list_init writes at most LIST_HEAD bytes.
 */
void list_init(void *memory, size_t size);
size_t list_room(const void *pool);
size_t list_taken(const void *pool);
void *list_pool(const void *p);
/* list: taking and giving */
/* list_take - a block that is not taken
 * list_give - it is free again; NULL does nothing
 *
 * list_take returns the block that was given back last and has not been
 * taken since.  Where there is none, it returns the first one of those
 * that were never taken; and NULL if all are taken.
 *
 * Ownership: a taken block is the caller's, all of it, until it is
 *            given back; then the pool may write into it.
 * Unchecked: that block is a taken block of a pool.
 * Cost:      O(1).
 */
void *list_take(void *pool);
void list_give(void *block);
#endif
