/* chapter: 04 */
/* POOL 2: a block of no bytes, and one that is too large. */
#include <stdlib.h>

#include "coil/pools.h"
#include "support/twin.h"

/* Some sanitizers end a program that asks malloc for as much. */
static void *careful(void *context, void *p, size_t old, size_t size)
{
    (void)context, (void)old;
    if (size == 0)
        free(p);
    return 0 < size && size <= PTRDIFF_MAX ? realloc(p, size) : NULL;
}

static const char *none(void *p)
{
    coil_error_clear();
    return p == NULL ? "None" : "a block";
}

static void program(void)
{
    static coil_type terabytes = {
        .head = COIL_TYPE_HEAD, .name = "terabytes",
        .size = sizeof(coil_var), .item_size = (size_t)1 << 40,
    };
    void *p = must(coil_memory_alloc(0)),
         *q = must(coil_memory_alloc(0));

    printf("no bytes: True %s\n", truth(p != q));
    coil_memory_free(p, 0);
    coil_memory_free(q, 0);
    printf("2**63: %s\n", none(coil_memory_alloc((size_t)1 << 63)));
    printf("2**40 times 2**40: %s\n",
           none(coil_object_new_var(&terabytes, (size_t)1 << 40)));
}

int main(void)
{
    return twin_run_with((coil_options){
        .memory = careful, .pools = COIL_POOLS_ON,
        .pool_threshold = 512 }, program);
}
