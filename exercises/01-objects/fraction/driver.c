/* driver.c - objects-fraction */
#include <stdlib.h>

#include "drive.h"
#include "fraction.h"

enum { MOST = 16, VALUES = 4096 };

static coil_obj *objects[MOST];
static size_t len;

void drive_reset(void)
{
    while (len > 0)
        coil_decref(objects[--len]);
}

static coil_obj *object(const struct drive *d, size_t arg)
{
    return objects[(size_t)drive_int(d, arg) % MOST];
}

static void say_failure(struct drive *d)
{
    if (coil_error_kind() == NULL) {
        drive_say(d, "a failure, and no error is set");
        return;
    }
    drive_say(d, "%s: ", coil_error_text());
    drive_error(d);
}

static void op_new(struct drive *d)
{
    coil_obj *o = fraction_new(drive_int(d, 0), drive_int(d, 1));
    int64_t n, m;

    coil_memory_failed();       /* what did not fail will not */
    if (o == NULL) {
        say_failure(d);
        return;
    }
    fraction_terms(o, &n, &m);
    drive_say(d, "%lld/%lld", (long long)n, (long long)m);
    objects[len++ % MOST] = o;
}

static void keep(struct drive *d, coil_obj *o)
{
    objects[len++ % MOST] = o;
    drive_say(d, "ok");
}

static void op_int(struct drive *d)
{
    keep(d, coil_int_new(drive_int(d, 0)));
}

static void op_bool(struct drive *d)
{
    keep(d, drive_int(d, 0) ? COIL_TRUE : COIL_FALSE);
}

static void op_float(struct drive *d)
{
    keep(d, coil_float_new((double)drive_int(d, 0)));
}

static void op_str(struct drive *d)
{
    keep(d, coil_str_from(drive_text(d, 0, NULL)));
}

/* Of a type that knows fractions, and takes each for its equal. */
static int kin_equal(coil_obj *self, coil_obj *other)
{
    (void)self;
    return fraction_check(other) ? 1 : COIL_UNKNOWN;
}

static coil_type kin_type = {
    .head = COIL_TYPE_HEAD, .name = "kin", .size = sizeof(coil_obj),
    .equal = kin_equal,
};

static void op_kin(struct drive *d)
{
    keep(d, coil_object_new(&kin_type));
}

static void op_check(struct drive *d)
{
    drive_say(d, "%d", fraction_check(object(d, 0)));
}

static void op_repr(struct drive *d)
{
    drive_repr(d, object(d, 0));
}

static void op_truth(struct drive *d)
{
    drive_say(d, "%d", coil_truth(object(d, 0)));
}

static void op_equal(struct drive *d)
{
    int rv = coil_equal(object(d, 0), object(d, 1));

    coil_memory_failed();
    if (rv < 0)
        say_failure(d);
    else
        drive_say(d, "%d", rv);
}

static void op_hash(struct drive *d)
{
    int64_t hash;
    int rv = coil_hash(object(d, 0), &hash);

    coil_memory_failed();
    if (rv < 0)
        say_failure(d);
    else
        drive_say(d, "%lld", (long long)hash);
}

static void op_hashes(struct drive *d)
{
    int64_t a = 0, b = 1;

    if (coil_hash(object(d, 0), &a) < 0
        || coil_hash(object(d, 1), &b) < 0)
        say_failure(d);
    else
        drive_say(d, a == b ? "same" : "different");
}

/* ---- many hashes ------------------------------------------------- */
static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static size_t add_hash(int64_t n, int64_t m, int64_t *hashes, size_t at)
{
    coil_obj *o = fraction_new(n, m);

    if (o != NULL && coil_hash(o, &hashes[at]) == 0)
        at++;
    coil_decref(o);
    coil_error_clear();
    return at;
}

/* Fractions with these numerators and a few primes below them. */
static void op_spread(struct drive *d)
{
    static const int primes[] = { 2, 3, 5, 7, 11, 13 };
    static int64_t hashes[VALUES];
    size_t values = 0, different = 0, minus = 0;
    int64_t first = drive_int(d, 0), step = drive_int(d, 1);

    for (int64_t i = -100; i < 100; i++)
        for (size_t k = 0; k < 6; k++)
            if ((first + i * step) % primes[k] != 0)
                values = add_hash(first + i * step, primes[k], hashes,
                                  values);
    qsort(hashes, values, sizeof *hashes, by_value);
    for (size_t i = 0; i < values; i++) {
        different += i == 0 || hashes[i] != hashes[i - 1];
        minus += hashes[i] == -1;
    }
    drive_say(d, "%zu hashes, %zu different, %zu of them -1", values,
              different, minus);
}

const struct drive_op drive_ops[] = {
    {"new", op_new}, {"int", op_int}, {"bool", op_bool},
    {"float", op_float}, {"str", op_str}, {"kin", op_kin},
    {"check", op_check},
    {"repr", op_repr}, {"truth", op_truth}, {"equal", op_equal},
    {"hash", op_hash}, {"hashes", op_hashes}, {"spread", op_spread},
    {0},
};
