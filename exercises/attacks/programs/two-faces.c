/* has other code for the sanitizers' build
 * gate: rejected
 * box: wrong
 * beats: -
 */
#include <stdlib.h>

#ifdef __clang__
static void attack(void)
{
    exit(0);
}
#else
static void attack(void) {}
#endif
