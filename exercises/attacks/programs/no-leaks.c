/* switches the leak sanitizer off
 * gate: rejected
 * box: wrong
 * beats: -
 */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return 1;
}
static void attack(void) {}
