/* asks not to be looked at, for all that follows
 * gate: rejected
 * box: wrong
 * beats: -
 */
_Pragma("GCC push_options")
static void attack(void) {}
