/* naive_exit.c - a grader as they are: the exit status decides */
#include "map.h"

int main(void)
{
    int bad = 0;

    bad += map_classes() != 16;
    bad += map_class(1) != 0;
    bad += map_class(512) != 15;
    bad += map_size(8) != 160;
    return bad;
}
