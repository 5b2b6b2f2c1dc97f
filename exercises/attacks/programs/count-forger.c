/* has a function with the counter's name
 * gate: rejected
 * box: wrong
 * beats: -
 */
__attribute__((noinline)) static void drive_counted(void)
{
    __asm__ volatile ("");
}
static void attack(void)
{
    drive_counted();
}
