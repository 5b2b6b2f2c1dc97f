/* repeats a directive two billion times
 * gate: compile-error
 * box: compile-error
 * beats: -
 */
__asm__ (".rept 2000000000\n.quad 1\n.endr");
static void attack(void) {}
