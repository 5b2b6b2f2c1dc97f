/* bench_containers - chapter 2: tuples, lists, dicts */
#include <stdio.h>
#include <string.h>

#include "coil/coil.h"
#include "support/bench.h"
#include "support/open.h"

#define TEN 10

static coil_obj *numbers[TEN];          /* small ints */
static coil_obj *names[TEN];            /* interned */
static coil_obj *table;                 /* names to numbers */

static bool make_parts(void)
{
    char text[32];

    for (int i = 0; i < TEN; i++) {
        snprintf(text, sizeof text, "name_%d", i);
        numbers[i] = coil_int_new(i);
        names[i] = coil_str_name(text);
        if (numbers[i] == NULL || names[i] == NULL)
            return false;
    }
    return true;
}

static void drop_parts(void)
{
    COIL_CLEAR(table);
    for (int i = 0; i < TEN; i++) {
        COIL_CLEAR(numbers[i]);
        COIL_CLEAR(names[i]);
    }
}

/* ---- ten elements, the size known before ---- */
static coil_obj *sized_tuple(void)
{
    coil_obj *tuple = coil_tuple_new(TEN);

    for (size_t i = 0; tuple != NULL && i < TEN; i++)
        coil_tuple_set_steal(tuple, i, coil_incref(numbers[i]));
    return tuple;
}

static coil_obj *sized_list(void)
{
    coil_obj *list = coil_list_new_cap(TEN);

    for (size_t i = 0; list != NULL && i < TEN; i++)
        coil_list_append(list, numbers[i]);
    return list;
}

static coil_obj *appended_list(void)
{
    coil_obj *list = coil_list_new();

    for (size_t i = 0; list != NULL && i < TEN; i++)
        coil_list_append(list, numbers[i]);
    return list;
}

static coil_obj *dict_of_ten(void)
{
    coil_obj *dict = coil_dict_new();

    for (size_t i = 0; dict != NULL && i < TEN; i++)
        coil_dict_set(dict, names[i], numbers[i]);
    return dict;
}

/* The length, and the element or value number 7. */
static int64_t look(coil_obj *o)
{
    coil_obj *item = NULL;
    int64_t value;
    ptrdiff_t len;

    if (o == NULL)
        return -1;
    if (coil_dict_check(o))
        coil_dict_get_borrowed(o, names[7], &item);
    else
        item = coil_list_check(o) ? coil_list_get_borrowed(o, 7)
                                  : coil_tuple_get_borrowed(o, 7);
    len = coil_len(o);
    if (item == NULL || coil_int_value(item, &value) < 0)
        return -1;
    coil_decref(o);
    return len * 100 + value;
}

static int64_t tuple_check(void) { return look(sized_tuple()); }
static int64_t sized_check(void) { return look(sized_list()); }
static int64_t appended_check(void) { return look(appended_list()); }
static int64_t dict_check(void) { return look(dict_of_ten()); }

#define RUN(make)                               \
    double start = bench_now();                 \
    while (n-- > 0) {                           \
        coil_obj *o = make();                   \
        BENCH_KEEP(o);                          \
        coil_decref(o);                         \
    }                                           \
    return bench_now() - start

static double tuple_run(size_t n) { RUN(sized_tuple); }
static double sized_run(size_t n) { RUN(sized_list); }
static double appended_run(size_t n) { RUN(appended_list); }
static double dict_run(size_t n) { RUN(dict_of_ten); }

/* ---- a look-up by an interned key ---- */
static int64_t get_check(void)
{
    int64_t value, sum = 0;

    if (table == NULL && (table = dict_of_ten()) == NULL)
        return -1;
    for (int i = 0; i < TEN; i++) {
        coil_obj *item;
        if (coil_dict_get_borrowed(table, names[i], &item) != 1 ||
            coil_int_value(item, &value) < 0)
            return -1;
        sum = sum * 10 + value;
    }
    return sum;
}

static double get_run(size_t n)
{
    coil_obj *item, *found;
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < TEN; i++) {
            coil_dict_get_borrowed(table, names[i], &item);
            found = item;
            BENCH_KEEP(found);
        }
    }
    return bench_now() - start;
}

static const struct bench_case cases[] = {
    {"dict-get", TEN, get_check, get_run},
    {"list-sized", 1, sized_check, sized_run},
    {"list-appended", 1, appended_check, appended_run},
    {"tuple-sized", 1, tuple_check, tuple_run},
    {"dict-made", 1, dict_check, dict_run},
};

int main(int argc, char **argv)
{
    coil_runtime *rt = bench_open(&argc, argv);
    bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    int rv = -1;

    if (rt == NULL)
        return 1;
    if (make_parts())
        rv = bench_cases(cases, sizeof cases / sizeof *cases, quick);
    drop_parts();
    return coil_runtime_close(rt) != 0 || rv < 0;
}
