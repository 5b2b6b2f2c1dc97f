/* stack.h - objects, of which the last to come is the first to go
 *
 *     coil_obj *stack = stack_new();           // new
 *     int rv = stack_push_steal(stack, coil_int_new(1000));
 *     coil_obj *n = stack_pop(stack);          // new
 *
 * Threads: confined.
 */
#ifndef STACK_H
#define STACK_H

#include <coil/coil.h>

/* Its name is "stack".  Slots: traverse, clear, release; repr,
 * "stack(1, 2)" with the top at the right, "stack()", and "stack(...)"
 * where it is written within itself; truth, false if it is empty. */
extern coil_type stack_type;

/* stack_new - an empty stack
 *
 * Ownership: returns new.
 * Errors:    NULL with MemoryError.
 */
COIL_NEW coil_obj *stack_new(void);

/* stack_check - is o a stack?
 * stack_len   - the number of its objects
 *
 * Checked (len, and all below): it is a stack.
 */
bool stack_check(coil_obj *o);
size_t stack_len(coil_obj *stack);

/* stack.h: on and off */
/* stack_push_steal - put an object on top
 *
 *   item   NULL with an error set: passed on as a failure
 *
 * Ownership: steals item, also when it fails.
 * Errors:    -1 with MemoryError; the stack is unchanged.
 * Cost:      O(1) on average over many.
 */
int stack_push_steal(coil_obj *stack, COIL_STEALS coil_obj *item);

/* stack_pop          - take the top off
 * stack_top_borrowed - look at it; valid until the stack changes
 *
 * Ownership: pop returns new: the stack's own reference.
 * Errors:    NULL with IndexError "the stack is empty".
 * Cost:      O(1).
 */
COIL_NEW coil_obj *stack_pop(coil_obj *stack);
COIL_BORROWED coil_obj *stack_top_borrowed(coil_obj *stack);

/* stack_clear - take all off, the top first
 *
 * It is empty before the first object goes; what finalizers push
 * meanwhile stays.
 */
void stack_clear(coil_obj *stack);

#endif
