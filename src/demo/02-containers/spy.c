#include <stdio.h>

#include <coil/coil.h>

static coil_obj *row;

/* spy: a type whose last words show the row */
static void show(const char *who)
{
    printf("%s ", who);
    coil_print(stdout, row);
    printf("\n");
}

static void spy_finalize(coil_obj *self)
{
    (void)self;
    show("the spy sees");
}

static coil_type spy_type = {
    .head = COIL_TYPE_HEAD, .name = "Spy", .size = sizeof(coil_obj),
    .finalize = spy_finalize,
};

static void put_spy(size_t i)
{
    coil_obj *spy = coil_object_new(&spy_type);

    if (i < coil_list_len(row))
        coil_list_set(row, i, spy);
    else
        coil_list_append(row, spy);
    coil_decref(spy);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);

    row = coil_list_of(3, coil_int_new(1), COIL_NONE, coil_int_new(3));
    put_spy(1);
    coil_list_set(row, 1, coil_int_new(2));
    put_spy(3);
    coil_list_delete(row, 3);
    put_spy(3);
    coil_list_clear(row);
    show("end");
    COIL_CLEAR(row);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
