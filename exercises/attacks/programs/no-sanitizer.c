/* asks not to be looked at
 * gate: rejected
 * box: wrong
 * beats: -
 */
__attribute__((no_sanitize("address"))) static void attack(void) {}
