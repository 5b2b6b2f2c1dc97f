/* bench_objects - chapter 1: counts, ints, strs */
#include <stdio.h>
#include <string.h>

#include "coil/coil.h"
#include "support/bench.h"
#include "support/open.h"

#define MANY 64
#define STRS 1024
#define TEXT "attribute number %04d"

static coil_obj *things[MANY];
static coil_obj *texts[STRS];

static void make_things(void)
{
    for (int i = 0; i < MANY; i++)
        if (things[i] == NULL)
            things[i] = coil_int_new(1000000 + i);
}

/* ---- a pair of incref and decref ---- */
static int64_t count_check(void)
{
    make_things();
    coil_incref(things[0]);
    coil_decref(things[0]);
    return coil_count(things[0]);
}

static double count_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < MANY; i++)
            coil_incref(things[i]);
        BENCH_CLOBBER();
        for (int i = 0; i < MANY; i++)
            coil_decref(things[i]);
        BENCH_CLOBBER();
    }
    return bench_now() - start;
}

/* ---- an int, made and dropped ---- */
static int64_t int_check(void)
{
    coil_obj *o = coil_int_new(1000007);
    int64_t value = -1;

    if (o == NULL || coil_int_value(o, &value) < 0)
        return -1;
    coil_decref(o);
    return value;
}

static double int_run(size_t n)
{
    double start = bench_now();

    for (size_t i = 0; i < n; i++) {
        coil_obj *o = coil_int_new(1000000 + (int64_t)(i & 1023));
        BENCH_KEEP(o);
        coil_decref(o);
    }
    return bench_now() - start;
}

/* ---- the hash of a str that has not been asked before ---- */
static bool make_texts(void)
{
    char text[64];

    for (int i = 0; i < STRS; i++) {
        int size = snprintf(text, sizeof text, TEXT, i);
        texts[i] = coil_str_new(text, (size_t)size);
        if (texts[i] == NULL)
            return false;
    }
    return true;
}

static void drop_texts(void)
{
    for (int i = 0; i < STRS; i++)
        COIL_CLEAR(texts[i]);
}

static int64_t hash_check(void)
{
    int64_t first, again, other;

    if (!make_texts() || coil_hash(texts[0], &first) < 0)
        return -1;
    drop_texts();
    if (!make_texts() || coil_hash(texts[0], &again) < 0 ||
        coil_hash(texts[1], &other) < 0)
        return -1;
    drop_texts();
    return first == again && first != other;
}

static double hash_run(size_t n)
{
    double spent = 0;
    int64_t hash, sum = 0;

    while (n-- > 0) {
        if (!make_texts())
            return 0;
        double start = bench_now();
        for (int i = 0; i < STRS; i++) {
            coil_hash(texts[i], &hash);
            sum += hash;
        }
        BENCH_KEEP(sum);
        spent += bench_now() - start;
        drop_texts();
    }
    return spent;
}

/* ---- two strs with the same text ---- */
static int64_t equal_check(void)
{
    coil_obj *a = coil_str_from("attribute number 1"),
             *b = coil_str_from("attribute number 1"),
             *c = coil_str_from("attribute number 2");
    int64_t result = coil_equal(a, b) * 10 + coil_equal(a, c);

    coil_decref(a);
    coil_decref(b);
    coil_decref(c);
    return result;
}

static double equal_run(size_t n)
{
    coil_obj *a = coil_str_from("attribute number 1"),
             *b = coil_str_from("attribute number 1");
    int sum = 0;
    double start = bench_now();

    while (n-- > 0) {
        sum += coil_equal(a, b);
        BENCH_KEEP(sum);
    }
    start = bench_now() - start;
    coil_decref(a);
    coil_decref(b);
    return start;
}

static const struct bench_case cases[] = {
    {"count-pair", MANY, count_check, count_run},
    {"int", 1, int_check, int_run},
    {"str-hash", STRS, hash_check, hash_run},
    {"str-equal", 1, equal_check, equal_run},
};

int main(int argc, char **argv)
{
    coil_runtime *rt = bench_open(&argc, argv);
    bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    int rv;

    if (rt == NULL)
        return 1;
    rv = bench_cases(cases, sizeof cases / sizeof *cases, quick);
    for (int i = 0; i < MANY; i++)
        COIL_CLEAR(things[i]);
    return coil_runtime_close(rt) != 0 || rv < 0;
}
