// fake pass
#include "two.h"
int two(int a)
{
    return 2 * a;
}
