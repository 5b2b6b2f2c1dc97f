/* takes the compiler's environment into the program
 * gate: compile-error
 * box: compile-error
 * beats: -
 */
__asm__ (".incbin \"/proc/1/environ\"");
static void attack(void) {}
