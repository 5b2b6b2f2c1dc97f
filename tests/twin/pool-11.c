/* chapter: 04 */
/* POOL 11: the guards of a block, and who writes over them. */
#include <stdlib.h>

#include "internal/object.h"
#include "internal/pools.h"
#include "support/say_report.h"
#include "support/twin.h"

static void say_bytes(const char *p, size_t size)
{
    for (size_t i = 0; i < size; i++)
        printf("%02x", (unsigned char)p[i]);
    putchar('\n');
}

static void layout(void)
{
    char *p = must(coili_block_alloc(10)), *q;

    say_bytes(p - 16, 34);
    q = must(coili_block_alloc(10));
    coili_block_free(p, 10);
    coili_unpoison(p, 10);
    say_bytes(p, 10);
    coili_poison(p, 10);
    coili_block_free(q, 10);
}

static ptrdiff_t at;
static size_t size;

static void fault(void)
{
    char *p = must(coili_block_alloc(size));

    p[at] = 'x';
    coili_block_free(p, size);
}

static void program(void)
{
    static const struct {
        ptrdiff_t at;
        size_t size;
    } row[] = {
        { 10, 10 }, { 17, 10 }, { -1, 10 }, { -7, 10 }, { 100, 100 },
    };

    layout();
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        at = row[i].at;
        size = row[i].size;
        say_report(fault);
    }
}

int main(void)
{
    return twin_run_with((coil_options){ .pools = COIL_POOLS_GUARD },
                         program);
}
