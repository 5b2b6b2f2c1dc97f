/* takes a secret file into the program
 * gate: compile-error
 * box: compile-error
 * beats: -
 */
__asm__ (".incbin \"/etc/shadow\"");
static void attack(void) {}
