#include "coil/constants.h"
#include "coil/dump.h"
#include "coil/int.h"
#include "coil/str.h"
#include "support/coil_test.h"
#include "support/pair.h"

typedef int dump_fn(FILE *out, const char *const names[],
                    coil_obj *const roots[], size_t len);

static const char *const names[] = { "a", "b", "c" };

/* What a line says besides the count is left to later chapters: compare
 * up to the first thing this chapter does not know. */
static char *dump(dump_fn *fn, coil_obj *const roots[], size_t len)
{
    struct test_output out;
    FILE *stream = test_output_begin(&out);

    CHECK_OK(fn(stream, names, roots, len));
    fclose(stream);
    return out.bytes;
}

static void check(dump_fn *fn, coil_obj *const roots[], size_t len,
                  const char *const lines[])
{
    char *text = dump(fn, roots, len), *at = text;

    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *star = strchr(lines[i], '*');
        size_t before = star ? (size_t)(star - lines[i])
                             : strlen(lines[i]);
        char *end = strchr(at, '\n');

        if (end == NULL)
            test_fail(__FILE__, __LINE__,
                      "the dump ends before line %zu", i + 1);
        *end = '\0';
        if (strncmp(at, lines[i], before) != 0)
            test_fail(__FILE__, __LINE__,
                      "line %zu is\n%s\nand not\n%s", i + 1, at,
                      lines[i]);
        if (star == NULL) {
            CHECK_STR(at, lines[i]);
        } else {
            size_t after = strlen(star + 1);

            CHECK((size_t)(end - at) >= before + after);
            CHECK_STR(end - after, star + 1);
        }
        at = end + 1;
    }
    CHECK_STR(at, "");
    free(text);
}

TEST(atoms_are_shown_with_their_values)
{
    coil_obj *roots[] = {
        MUST(coil_int_new(1000)),
        COIL_NONE,
        MUST(coil_str_from("it's")),
    };

    check(coil_dump_text, roots, 3, (const char *const[]){
        "a is #1", "b is #2", "c is #3",
        "#1 int count 1*: 1000", "#2 NoneType*: None",
        "#3 str count 1*: \"it's\"", NULL });
    coil_decref(roots[0]);
    coil_decref(roots[2]);
}

TEST(objects_are_numbered_by_first_visit_and_shown_once)
{
    coil_obj *n = MUST(coil_int_new(1000));
    coil_obj *p = MUST(pair_new(n, NULL)), *q = MUST(pair_new(p, n));
    coil_obj *roots[] = { q, n, NULL };

    check(coil_dump_text, roots, 3, (const char *const[]){
        "a is #1", "b is #2", "c is empty",
        "#1 pair count 1* -> #3 -> #2", "#2 int count 3*: 1000",
        "#3 pair count 2* -> #2", NULL });
    coil_decref(n), coil_decref(p), coil_decref(q);
}

TEST(a_root_without_a_name_is_walked_but_not_shown)
{
    coil_obj *n = MUST(coil_int_new(1000)), *p = MUST(pair_new(n, NULL));
    const char *names[] = { "n", NULL };
    coil_obj *roots[] = { n, p };

    CHECK_PRINTS(
        "n is #1\n#1 int count 2: 1000\n#2 pair count 1 -> #1\n", out,
        CHECK_OK(coil_dump_text(out, names, roots, 2)));
    coil_decref(n), coil_decref(p);
}

TEST(a_cycle_is_drawn_and_ends)
{
    coil_obj *p = MUST(pair_new(NULL, NULL)),
             *q = MUST(pair_new(p, NULL));
    coil_obj *roots[] = { p };

    pair_of(p)->first = coil_incref(q);
    pair_of(p)->second = coil_incref(p);
    check(coil_dump_text, roots, 1, (const char *const[]){
        "a is #1", "#1 pair count 3* -> #2 -> #1",
        "#2 pair count 2* -> #1", NULL });
    COIL_CLEAR(pair_of(p)->first);
    COIL_CLEAR(pair_of(p)->second);
    coil_decref(p);
    coil_decref(q);
}

TEST(the_graph_says_the_same_to_graphviz)
{
    coil_obj *s = MUST(coil_str_from("say \"x\\\""));
    coil_obj *p = MUST(pair_new(s, coil_int_new(7)));
    coil_obj *roots[] = { p, NULL };

    check(coil_dump_graph, roots, 2, (const char *const[]){
        "digraph objects {", "  rankdir=LR;",
        "  \"a\" [shape=plaintext];", "  \"a\" -> o1;",
        "  \"b\" [shape=plaintext];",
        "  o1 [shape=box, label=\"pair\\ncount 1*\"];",
        "  o1 -> o2;", "  o1 -> o3;",
        "  o2 [shape=box, label=\"str 'say \\\"x\\\\\\\\\\\"'"
        "\\ncount 2*\"];",
        "  o3 [shape=box, label=\"int 7\\ncount \342\210\236*\"];",
        "}", NULL });
    coil_decref(s);
    coil_decref(p);
}

TEST(the_same_structure_gives_the_same_text)
{
    coil_obj *p = MUST(pair_new(NULL, NULL)),
             *q = MUST(pair_new(NULL, NULL));
    coil_obj *r = MUST(pair_new(p, q));
    coil_obj *other = MUST(pair_new_steal(MUST(pair_new(NULL, NULL)),
                                          MUST(pair_new(NULL, NULL))));
    coil_obj *roots[] = { r };
    char *one, *two;

    coil_decref(p);
    coil_decref(q);
    one = dump(coil_dump_text, roots, 1);
    roots[0] = other;
    two = dump(coil_dump_text, roots, 1);
    CHECK_STR(one, two);
    free(one);
    free(two);
    coil_decref(r);
    coil_decref(other);
}

TEST(no_roots_give_an_empty_dump)
{
    CHECK_PRINTS("", out, CHECK_OK(coil_dump_text(out, NULL, NULL, 0)));
    CHECK_PRINTS("digraph objects {\n  rankdir=LR;\n}\n", out,
                 CHECK_OK(coil_dump_graph(out, NULL, NULL, 0)));
}

TEST(dumping_makes_no_objects_and_changes_no_counts)
{
    coil_obj *n = MUST(coil_int_new(1000)), *p = MUST(pair_new(n, n));
    coil_obj *roots[] = { p };
    size_t live = coil_census_live(), bytes = test_bytes();

    free(dump(coil_dump_text, roots, 1));
    free(dump(coil_dump_graph, roots, 1));
    CHECK_SIZE(coil_census_live(), live);
    CHECK_SIZE(test_bytes(), bytes);
    CHECK_COUNT(n, 3);
    CHECK_COUNT(p, 1);
    coil_decref(n);
    coil_decref(p);
}

TEST(dumping_fails_cleanly_at_each_allocation)
{
    dump_fn *fns[] = { coil_dump_text, coil_dump_graph };
    coil_obj *head = MUST(pair_new_steal(MUST(coil_str_format(
        "%0150d", 7)), NULL)), *roots[1];

    for (int i = 0; i < 40; i++)
        head = MUST(pair_new_steal(head, NULL));
    roots[0] = head;
    for (size_t i = 0; i < 2; i++)
        FOR_EACH_FAULT(n) {
            FILE *null = fopen("/dev/null", "w");
            int rv = fns[i](null, names, roots, 1);

            fclose(null);
            if (fault_fired()) {
                CHECK_INT(rv, -1);
                CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory");
                continue;
            }
            CHECK(n >= 2);
            CHECK_INT(rv, 0);
        }
    coil_decref(head);
}

TEST(dumping_to_nowhere_is_a_checked_error)
{
    CHECK_ABORTS("checked error in dump",
                 coil_dump_text(NULL, NULL, NULL, 0));
    CHECK_ABORTS("checked error in dump",
                 coil_dump_text(stdout, NULL, NULL, 1));
}
