/* builds.c - how the files are compiled and run */
#include <string.h>

#include "work.h"

#define COMMON "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", \
               "-Wextra", "-g", "-gdwarf-4", \
               "-fno-omit-frame-pointer", "-Iinclude"

static const char *const plain[] = {
    "/usr/bin/gcc", COMMON, "-O2", "-fdiagnostics-format=json", NULL
};
static const char *const asan[] = {
    "/usr/bin/clang", COMMON, "-O1", "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all", NULL
};
static const char *const tsan[] = {
    "/usr/bin/clang", COMMON, "-O1", "-fsanitize=thread", NULL
};

/* 99 says that a sanitizer spoke; no program of ours ends with it. */
static const char *const asan_env[] = {
    "ASAN_OPTIONS=exitcode=99:detect_leaks=1:symbolize=0:"
    "abort_on_error=0:"
    "handle_abort=1:"           /* a checked error has a stack, too */
    "hard_rss_limit_mb=512:allocator_may_return_null=1:"
    "detect_stack_use_after_return=1:strict_string_checks=1",
    "LSAN_OPTIONS=exitcode=99",
    "UBSAN_OPTIONS=exitcode=99:print_stacktrace=1", NULL
};
static const char *const tsan_env[] = {
    "TSAN_OPTIONS=exitcode=99:halt_on_error=1:symbolize=0", NULL
};
static const char *const callgrind[] = {
    "/usr/bin/valgrind", "--tool=callgrind", "--vgdb=no", "--log-fd=3",
    "--callgrind-out-file=/tmp/out", "--toggle-collect=drive_counted*",
    NULL
};

enum { MIB = 1 << 20 };

const struct build builds[] = {
    {.name = "plain", .compile = plain, .kit = "plain", .wall = 10,
     .limits = {.cpu = 2,
                .data = (size_t)2048 * MIB, .memory = (size_t)512 * MIB,
                .file = MIB, .processes = 16}},
    {.name = "asan", .compile = asan, .env = asan_env, .kit = "asan",
     .wall = 30, .proc = true,
     .limits = {.cpu = 20, .memory = (size_t)1024 * MIB, .file = MIB,
                .processes = 16}},
    {.name = "tsan", .compile = tsan, .env = tsan_env, .kit = "tsan",
     .wall = 30, .proc = true,
     .limits = {.cpu = 30, .memory = (size_t)2048 * MIB, .file = MIB,
                .processes = 64}},
    {.name = "count", .compile = plain, .run = callgrind,
     .kit = "plain",
     .wall = 60, .proc = true,
     .limits = {.cpu = 60, .memory = (size_t)1024 * MIB,
     .file = 16 * MIB,
                .processes = 16}},
    {0},
};

const struct build *build_find(const char *name)
{
    for (const struct build *b = builds; b->name != NULL; b++)
        if (strcmp(b->name, name) == 0)
            return b;
    return NULL;
}

const char kit_folder[] = COIL_KIT;
