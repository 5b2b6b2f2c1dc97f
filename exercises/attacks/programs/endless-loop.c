/* does not return
 * gate: fail
 * box: timeout
 * beats: -
 */
static void attack(void)
{
    for (volatile int i = 0; ; i++)
        continue;
}
