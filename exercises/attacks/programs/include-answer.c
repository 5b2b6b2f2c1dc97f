/* includes the reference
 * gate: rejected
 * box: compile-error
 * beats: -
 */
#include "../../staff/reference/map.c"
static void attack(void) {}
