/* brings a driver of its own
 * gate: rejected
 * box: compile-error
 * beats: -
 */
int main(void)
{
    return 0;
}
static void attack(void) {}
