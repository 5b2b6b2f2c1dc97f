/* includes a device without an end
 * gate: rejected
 * box: compile-error
 * beats: -
 */
#include "/dev/zero"
static void attack(void) {}
