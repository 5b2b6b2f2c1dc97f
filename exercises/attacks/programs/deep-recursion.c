/* needs a stack without an end
 * gate: fail
 * box: crash
 * beats: -
 */
static int deeper(volatile int *p)
{
    volatile int here[1000];

    here[0] = *p;
    return deeper(here) + here[0];
}
static void attack(void)
{
    volatile int zero = 0;

    zero = deeper(&zero);
}
