/* unit.c - the judge's parts, one at a time */
#include <stdio.h>
#include <string.h>

#include "play.h"
#include "sha256.h"

static int failed;

#define CHECK(condition)                                               \
    do {                                                               \
        if (!(condition)) {                                            \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__,          \
                   #condition);                                        \
            failed = 1;                                                \
        }                                                              \
    } while (0)

static void calls_are_read_as_they_are_written(void)
{
    static const char *const good[] = {
        "open", "add -9223372036854775808",
        "put \"\" 0 \"a\\x22\\x5c\\x00\"",
    };
    static const char *const bad[] = {
        "", " open", "add 1x", "add \"x", "add \"\\n\"", "add 1  2",
        "add ", "add 99999999999999999999", "add +1",
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct calls calls = {0};
        struct text text = {0};

        CHECK(calls_parse(&calls, good[i]) == 0 && calls.len == 1);
        call_print(&calls.at[0], &text);
        CHECK(strcmp(text_chars(&text), good[i]) == 0);
        text_clear(&text);
        calls_clear(&calls);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct calls calls = {0};

        CHECK(calls_parse(&calls, bad[i]) < 0 && calls.len == 0);
        calls_clear(&calls);
    }
}

static void dice_are_the_same_for_the_same_case(void)
{
    struct dice a, b;
    int seen[6] = {0};

    dice_start(&a, 7, "edges", 3);
    dice_start(&b, 7, "edges", 3);
    CHECK(dice_below(&a, 1000000) == dice_below(&b, 1000000));
    dice_start(&b, 7, "edges", 4);
    CHECK(dice_below(&a, UINT64_MAX) != dice_below(&b, UINT64_MAX));
    for (int i = 0; i < 6000; i++)
        seen[dice_range(&a, -2, 3) + 2]++;
    for (int i = 0; i < 6; i++)
        CHECK(seen[i] > 800 && seen[i] < 1200);
    CHECK(dice_range(&a, 5, 5) == 5);
}

static void hash_is_that_of_the_standard(void)
{
    static const uint8_t abc[] = "abc",
                         many[] = "aaaaaaaaaaaaaaaaaaaaaaaaa";
    struct sha256_ctx s;
    char hex[65];

    sha256_init(&s);
    sha256_hex(&s, hex);
    CHECK(strcmp(hex, "e3b0c44298fc1c149afbf4c8996fb924"
                      "27ae41e4649b934ca495991b7852b855") == 0);
    sha256_update(&s, 3, abc);
    sha256_hex(&s, hex);
    CHECK(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223"
                      "b00361a396177a9cb410ff61f20015ad") == 0);
    for (int i = 0; i < 40000; i++)
        sha256_update(&s, 25, many);
    sha256_hex(&s, hex);
    CHECK(strcmp(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
                      "f1809a48a497200e046d39ccc7112cd0") == 0);
}

static bool heap(const char *text)
{
    return heap_check(text, strlen(text));
}

static void heap_is_a_graph_and_nothing_else(void)
{
    CHECK(heap("digraph objects {\n  rankdir=LR;\n  \"a\" -> o1;\n"
               "  o1 [shape=box, label=\"str '\\\"'\\ncount 1\"];\n"
               "  o1 -> o2;\n"
               "  o2 [label=\"int 2\\ncount \xe2\x88\x9e\"];\n}\n"));
    CHECK(!heap(""));
    CHECK(!heap("digraph objects {\n"));
    CHECK(!heap("digraph objects {\n}\n}\n"));
    CHECK(!heap("digraph objects {\n}\ndigraph objects {\n}\n"));
    CHECK(!heap(
        "digraph objects {\n  o1 [URL=\"http://example.org\"];\n}\n"));
    CHECK(
        !heap("digraph objects {\n  o1 [image=\"/etc/passwd\"];\n}\n"));
    CHECK(!heap("digraph objects {\n  o1 [label=<<b>x</b>>];\n}\n"));
    CHECK(!heap("digraph objects {\n  o1 [label=\"\\N\"];\n}\n"));
    CHECK(!heap("digraph objects {\n  o1 [label=\"\x1b[31m\"];\n}\n"));
    CHECK(!heap("digraph objects {\n  o1 [label=\"\xc0\xaf\"];\n}\n"));
    CHECK(!heap("digraph objects {\n  o1 [label=\"open];\n}\n"));
    CHECK(!heap_check("digraph objects {\n \0 \n}\n", 24));
}

static bool refused(const char *text)
{
    struct source source = {.name = "map.c"};
    json_t *gate = json_array();

    text_put(&source.text, "%s", text);
    gate_source(&source, gate);
    bool rv = json_array_size(gate) > 0;
    text_clear(&source.text);
    json_decref(gate);
    return rv;
}

static void directives_cannot_be_hidden(void)
{
    CHECK(!refused("#include <stdio.h>\n#include \"map.h\"\n"
                   "#include \"coil/list.h\"\n# define X 1 // #line 3\n"
                   "/* #line 1 */ const char *s = \"#line\\\"\\n\";\n"
                   "int a = 'x' + '\\'' + '#';\n"
                   "#ifdef X\n#endif\n#\n"));
    CHECK(refused("#line 1 \"stdio.h\"\n"));
    CHECK(refused("# 1 \"stdio.h\"\n"));
    CHECK(refused("/* */ # /* */ line 3\n"));
    CHECK(refused("#li\\\nne 3\n"));
    CHECK(refused("#li\\ \nne 3\n"));
    CHECK(refused("?" "?=line 3\n"));
    CHECK(refused("%:line 3\n"));
    CHECK(refused("#pragma GCC optimize 0\n"));
    CHECK(refused("#include_next <stdio.h>\n"));
    CHECK(refused("#include <sys/ptrace.h>\n"));
    CHECK(refused("#include \"/etc/passwd\"\n"));
    CHECK(refused("#include \"../x.c\"\n"));
    CHECK(refused("#define H <sys/stat.h>\n#include H\n"));
    CHECK(refused("#include <coil/../../x.h>\n"));
}

static bool text_refused(const char *text)
{
    struct work work = {.len = 1};
    struct source *source = &work.sources[0];
    json_t *gate = json_array();

    source->name = "map.c";
    gate_text(&work, source, text, gate);
    bool rv = json_array_size(gate) > 0;
    json_decref(gate);
    return rv;
}

static void words_of_others_are_not_looked_at(void)
{
    CHECK(!text_refused(
        "# 1 \"stdio.h\" 1\nasm(\"x\");\n# 2 \"map.c\" 2\n"
        "int asm_x; char *s = \"asm\"; int c = '\\'';\n"
        "__attribute__((unused, format(printf, 1, 2),"
        " __aligned__(8))) int x;\n int y[2] = {[0] = 1};"));
    CHECK(text_refused("# 1 \"map.c\"\nasm(\"x\");\n"));
    CHECK(
        text_refused("# 1 \"map.c\"\nint x = 1; __asm__\n(\"x\");\n"));
    CHECK(text_refused("# 1 \"map.c\"\n__attribute__((unused,\n"
                       "constructor)) f(void);\n"));
    CHECK(text_refused(
        "# 1 \"map.c\"\n__attribute__ ((__section__(\"x\")))"));
    CHECK(text_refused("# 1 \"map.c\"\n__attribute((constructor))"));
    CHECK(
        text_refused("# 1 \"map.c\"\n[\n[gnu::constructor]] f(void);"));
    CHECK(text_refused("# 1 \"map.c\"\n__lsan_disable();\n"));
    CHECK(text_refused("# 1 \"map.c\"\n#pragma GCC x\n"));
}

static void one_of_several_answers_is_enough(void)
{
    CHECK(accept_either(NULL, "12 | MemoryError", "12"));
    CHECK(accept_either(NULL, "12 | MemoryError", "MemoryError"));
    CHECK(accept_either(NULL, "12", "12"));
    CHECK(!accept_either(NULL, "12 | MemoryError", "1"));
    CHECK(!accept_either(NULL, "12 | MemoryError", "123"));
    CHECK(!accept_either(NULL, "12 | MemoryError", ""));
    CHECK(!accept_either(NULL, "12 | MemoryError", "Memory"));
    CHECK(!accept_either(NULL, "12 | MemoryError", "12 | MemoryError"));
}

int main(void)
{
    calls_are_read_as_they_are_written();
    dice_are_the_same_for_the_same_case();
    hash_is_that_of_the_standard();
    heap_is_a_graph_and_nothing_else();
    directives_cannot_be_hidden();
    words_of_others_are_not_looked_at();
    one_of_several_answers_is_enough();
    return failed;
}
