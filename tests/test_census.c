#include "support/coil_test.h"
#include "support/node.h"
#include "support/pair.h"

TEST(nothing_is_alive_at_first)
{
    CHECK_SIZE(coil_census_live(), 0);
    CHECK_SIZE(coil_census_of(&pair_type), 0);
    CHECK_PRINTS("", out, coil_census_print(out));
}

TEST(births_and_deaths_are_counted_by_type)
{
    coil_obj *a = MUST(pair_new(NULL, NULL)), *b = MUST(pair_new(a, a));
    coil_obj *c = MUST(node_new("c"));

    CHECK_SIZE(coil_census_of(&pair_type), 2);
    CHECK_SIZE(coil_census_of(&node_type), 1);
    CHECK_SIZE(coil_census_of(&node_final_type), 0);
    CHECK_SIZE(coil_census_live(), 3);
    coil_decref(a);             /* b holds it */
    CHECK_SIZE(coil_census_of(&pair_type), 2);
    coil_decref(b);
    CHECK_SIZE(coil_census_of(&pair_type), 0);
    CHECK_SIZE(coil_census_live(), 1);
    coil_decref(c);
    CHECK_SIZE(coil_census_live(), 0);
}

TEST(the_census_lists_types_in_the_order_of_their_first_use)
{
    coil_obj *n = MUST(node_new("n"));
    coil_obj *p = MUST(pair_new(n, NULL)), *q = MUST(pair_new(p, NULL));

    CHECK_PRINTS("node 1\npair 2\n", out, coil_census_print(out));
    coil_decref(n);
    coil_decref(q);
    CHECK_PRINTS("node 1\npair 1\n", out, coil_census_print(out));
    coil_decref(p);
    CHECK_PRINTS("", out, coil_census_print(out));
}

/* 200 types: the table grows several times, with objects alive. */
TEST(there_is_a_row_for_every_type)
{
    static coil_type types[200];
    static coil_obj *objects[200][2];

    for (size_t i = 0; i < 200; i++) {
        types[i] = (coil_type){ .head = COIL_TYPE_HEAD, .name = "x",
                                .size = 16 + i };
        objects[i][0] = MUST(coil_object_new(&types[i]));
        for (size_t j = 0; j <= i; j++)
            CHECK_SIZE(coil_census_of(&types[j]), 1);
        CHECK_SIZE(coil_census_live(), i + 1);
    }
    for (size_t i = 0; i < 200; i += 2)
        objects[i][1] = MUST(coil_object_new(&types[i]));
    for (size_t i = 0; i < 200; i++)
        CHECK_SIZE(coil_census_of(&types[i]), i % 2 ? 1 : 2);
    for (size_t i = 0; i < 200; i++) {
        coil_decref(objects[i][0]);
        coil_decref(objects[i][1]);
        CHECK_SIZE(coil_census_of(&types[i]), 0);
    }
}

TEST(two_runtimes_count_apart)
{
    coil_obj *p = MUST(pair_new(NULL, NULL)), *q, *r;
    coil_runtime *rt = MUST(coil_runtime_open(NULL));

    CHECK_SIZE(coil_census_of(&pair_type), 0);
    q = MUST(pair_new(NULL, NULL));
    r = MUST(pair_new(q, NULL));
    CHECK_SIZE(coil_census_of(&pair_type), 2);
    coil_runtime_enter(test_rt);
    CHECK_SIZE(coil_census_of(&pair_type), 1);
    CHECK_SIZE(coil_census_live(), 1);
    coil_decref(p);
    CHECK_SIZE(coil_census_live(), 0);
    coil_runtime_enter(rt);
    CHECK_SIZE(coil_census_live(), 2);
    coil_decref(q);
    coil_decref(r);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

/* A type that has its number from one runtime is new to another, whose
 * table may be large enough already and must still learn it. */
TEST(a_type_is_met_by_each_runtime_for_itself)
{
    coil_runtime *rt = MUST(coil_runtime_open(NULL));
    coil_obj *n;

    coil_decref(MUST(pair_new(NULL, NULL)));
    coil_decref(MUST(node_new("n")));
    coil_runtime_enter(test_rt);
    n = MUST(node_new("n"));    /* a row with a gap before it */
    CHECK_SIZE(coil_census_of(&pair_type), 0);
    CHECK_PRINTS("node 1\n", out, coil_census_print(out));
    coil_decref(n);
    n = MUST(pair_new(NULL, NULL));
    CHECK_PRINTS("pair 1\n", out, coil_census_print(out));
    coil_decref(n);
    coil_runtime_enter(rt);
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
}

TEST(the_census_of_null_is_a_checked_error)
{
    CHECK_ABORTS("checked error in coil_census_of: type != NULL",
                 coil_census_of(NULL));
}
