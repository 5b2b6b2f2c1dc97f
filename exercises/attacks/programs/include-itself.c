/* includes itself
 * gate: compile-error
 * box: compile-error
 * beats: -
 */
#include "map.c"
static void attack(void) {}
