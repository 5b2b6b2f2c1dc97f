/* naive_tap.c - a grader as they are: lines on the output decide */
#include <stdio.h>

#include "map.h"

static void check(int number, int good)
{
    printf("%sok %d\n", good ? "" : "not ", number);
    fflush(stdout);
}

int main(void)
{
    printf("1..4\n");
    check(1, map_classes() == 16);
    check(2, map_class(1) == 0);
    check(3, map_class(512) == 15);
    check(4, map_size(8) == 160);
    return 0;
}
