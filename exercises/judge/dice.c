/* dice.c - numbers from a seed: splitmix64, the same everywhere */
#include "calls.h"

static uint64_t dice_next(struct dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void dice_start(struct dice *dice, uint64_t seed, const char *check,
                int i)
{
    dice->state = seed;
    for (; *check != '\0'; check++)
        dice->state = dice_next(dice) ^ (unsigned char)*check;
    dice->state = dice_next(dice) ^ (uint64_t)i;
}

uint64_t dice_below(struct dice *dice, uint64_t n)
{
    uint64_t rest = n > 0 ? -n % n : 0;     /* 2^64 mod n */
    uint64_t x = dice_next(dice);

    while (x < rest)            /* else small numbers come more often */
        x = dice_next(dice);
    return n > 0 ? x % n : 0;
}

long long dice_range(struct dice *dice, long long low, long long high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    uint64_t x = span != 0 ? dice_below(dice, span) : dice_next(dice);

    return (long long)((uint64_t)low + x);
}

const char *dice_pick(struct dice *dice, const char *const texts[],
                      size_t n)
{
    return texts[dice_below(dice, n)];
}
