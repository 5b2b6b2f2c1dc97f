/* includes itself
 * gate: rejected
 * box: compile-error
 * beats: -
 */
#include "map.c"
static void attack(void) {}
