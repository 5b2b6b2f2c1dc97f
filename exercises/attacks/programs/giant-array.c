/* makes an object of two gigabytes
 * gate: compile-error
 * box: compile-error
 * beats: -
 */
char map_large[1u << 31] = {1};
static void attack(void) {}
