/* chapter: 03 */
/* LEAK 12: hash and equality of weak references. */
#include "support/twin.h"

struct key {
    coil_obj head;
    int64_t value;
};

static int64_t key_of(coil_obj *o)
{
    return ((struct key *)o)->value;
}

static int key_equal(coil_obj *self, coil_obj *other);

static int key_hash(coil_obj *self, int64_t *hash)
{
    coil_obj *n = coil_int_new(key_of(self));
    int rv = n ? coil_hash(n, hash) : -1;

    coil_decref(n);
    return rv;
}

static coil_type key_type = {
    .head = COIL_TYPE_HEAD, .name = "Key", .size = sizeof(struct key),
    .weak = true, .equal = key_equal, .hash = key_hash,
};

static int key_equal(coil_obj *self, coil_obj *other)
{
    return coil_is(other, &key_type) ? key_of(self) == key_of(other)
                                     : COIL_UNKNOWN;
}

static coil_obj *key_new(int64_t value)
{
    struct key *k = must(coil_object_new(&key_type));

    k->value = value;
    return &k->head;
}

static int callback(coil_obj *ref, coil_obj *context)
{
    (void)ref, (void)context;
    return 0;
}

static int64_t hash_of(coil_obj *o)
{
    int64_t hash = 0;

    ok(coil_hash(o, &hash));
    return hash;
}

static void program(void)
{
    coil_obj *x = key_new(7), *y = key_new(7), *seven = number(7);
    coil_obj *a = must(coil_weakref_new(x, NULL, NULL));
    coil_obj *b = must(coil_weakref_new(y, NULL, NULL));
    coil_obj *late = must(coil_weakref_new(y, callback, NULL));
    int64_t hash;

    printf("equal while both live: %s\n", truth(coil_equal(a, b)));
    printf("hash: %s\n", truth(hash_of(a) == hash_of(x)));
    hash_of(b);
    COIL_CLEAR(x);
    COIL_CLEAR(y);
    printf("equal when dead: %s\n", truth(coil_equal(a, b)));
    printf("equal to itself: %s\n", truth(coil_equal(a, a)));
    printf("hash as before: %s\n", truth(hash_of(a) == hash_of(seven)));
    if (coil_hash(late, &hash) < 0) {
        printf("asked too late: ");
        coil_error_print(stdout);
        coil_error_clear();
    }
    coil_decref(a), coil_decref(b), coil_decref(late);
}

int main(void)
{
    return twin_run(program);
}
