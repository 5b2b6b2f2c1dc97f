#include <string.h>

#include "coil/memory.h"
#include "internal/census.h"

/* census: check a new type */
static void check_type(const coil_type *type)
{
    COIL_CHECK(type->name != NULL);
    COIL_CHECK(type->size >= sizeof(coil_obj));
    COIL_CHECK(type->item_size == 0 || type->size >= sizeof(coil_var));
    COIL_CHECK(type->clear == NULL || type->traverse != NULL);
    COIL_CHECK(type->hash == NULL || type->equal != NULL);
}

/* census: admitting a type */
struct coili_census_row *coili_census_grow(coil_type *type)
{
    coil_runtime *rt = coili_thread->runtime;
    struct coili_census_row *table;
    size_t rows = rt->census_rows;
    uint32_t row;

    /* give the type a row number if it has none */
    if ((row = coili_census_row_of(type)) == 0) {
        static _Atomic uint32_t last_row;
        uint32_t mine = atomic_fetch_add_explicit(&last_row, 1,
                            memory_order_relaxed) + 1;

        check_type(type);
        if (atomic_compare_exchange_strong_explicit(&type->census, &row,
                mine, memory_order_relaxed, memory_order_relaxed))
            row = mine;
    }
    if (row >= rows) {
        /* double the rows until the type has one, or return NULL */
        for (rows = rows ? rows : 16; rows <= row; rows *= 2)
            continue;
        table = coil_memory_resize(rt->census,
                                   rt->census_rows * sizeof *table,
                                   rows * sizeof *table);
        if (table == NULL)
            return NULL;
        memset(table + rt->census_rows, 0,
               (rows - rt->census_rows) * sizeof *table);
        rt->census = table;
        rt->census_rows = rows;
    }
    rt->census[row].type = type;
    return &rt->census[row];
}

/* census: reports */
size_t coil_census_live(void)
{
    coil_runtime *rt = coili_thread->runtime;
    size_t sum = 0;

    for (size_t i = 0; i < rt->census_rows; i++)
        sum += rt->census[i].live;
    return sum;
}

size_t coil_census_of(coil_type *type)
{
    coil_runtime *rt = coili_thread->runtime;

    COIL_CHECK(type != NULL);
    return coili_census_row_of(type) < rt->census_rows
        ? rt->census[coili_census_row_of(type)].live : 0;
}

void coil_census_print(FILE *out)
{
    coil_runtime *rt = coili_thread->runtime;

    for (size_t i = 0; i < rt->census_rows; i++) {
        struct coili_census_row *row = &rt->census[i];

        if (row->live > 0)
            fprintf(out, "%s %zu\n", row->type->name, row->live);
    }
}
