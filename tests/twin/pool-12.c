/* chapter: 04 */
/* POOL 12: freed through the wrong domain. */
#include "coil/pools.h"
#include "internal/object.h"
#include "support/say_report.h"
#include "support/twin.h"

static void memory_as_object(void)
{
    coili_block_free(must(coil_memory_alloc(10)), 10);
}

static void object_as_memory(void)
{
    coil_memory_free(must(coili_block_alloc(24)), 24);
}

static void program(void)
{
    say_report(memory_as_object);
    say_report(object_as_memory);
}

int main(void)
{
    return twin_run_with((coil_options){ .pools = COIL_POOLS_GUARD },
                         program);
}
