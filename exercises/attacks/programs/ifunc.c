/* runs code when its symbol is resolved
 * gate: rejected
 * box: violation
 * beats: exit
 */
static int right(void)
{
    return 0;
}
static int (*choose(void))(void)
{
    __asm__ volatile ("syscall" : : "a"(231L), "D"(0L));
    return right;
}
int map_early(void) __attribute__((ifunc("choose")));
int (*map_pointer)(void) = map_early;
static void attack(void) {}
