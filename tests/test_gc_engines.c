/* Random programs, run once with pools and once without: the second
 * engine of the collector must give the same results as the first, and
 * let the same be heard in the same order. */
#include <stdarg.h>
#include <stdio.h>

#include "coil/coil.h"
#include "coil/pools.h"
#include "internal/gc.h"
#include "support/coil_test.h"

/* ---- what is heard ----------------------------------------------- */

static char *heard;
static size_t heard_len, heard_cap;

__attribute__((format(printf, 1, 2)))
static void hear(const char *format, ...)
{
    va_list args;

    if (heard_cap - heard_len < 200)
        heard = realloc(heard, heard_cap = 2 * heard_cap + 1000);
    va_start(args, format);
    heard_len += (size_t)vsnprintf(heard + heard_len,
                                   heard_cap - heard_len, format, args);
    va_end(args);
}

/* ---- the program ------------------------------------------------- */

#define HANDLES 40

static uint64_t state;
static coil_obj *handle[HANDLES];
static unsigned serial;
static coil_obj *weak[HANDLES];     /* references with callbacks */

static size_t any(size_t n)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (size_t)(state >> 33) % n;
}

/* A thing has a number, says it when it dies, and may come back. */
struct thing {
    coil_obj head;
    coil_obj *item[3];          /* owned, or NULL */
    unsigned number;
    bool comes_back;
};

struct big_thing {
    struct thing thing;
    char room[600];
};

static int thing_traverse(coil_obj *self, coil_visit_fn *visit,
                          void *arg)
{
    for (size_t i = 0; i < 3; i++)
        COIL_VISIT(((struct thing *)self)->item[i]);
    return 0;
}

static void thing_clear(coil_obj *self)
{
    for (size_t i = 0; i < 3; i++)
        COIL_CLEAR(((struct thing *)self)->item[i]);
}

static void put(coil_obj *o)
{
    size_t i = any(HANDLES);
    coil_obj *old = handle[i];

    handle[i] = o;
    coil_decref(old);
}

static void thing_finalize(coil_obj *self)
{
    struct thing *t = (struct thing *)self;
    size_t k = any(30);

    hear(" f%u", t->number);
    if (k < 3)
        COIL_CLEAR(t->item[k]);
    if (any(9) == 0)
        put(MUST(coil_list_new()));
    if (t->comes_back)
        put(coil_incref(self));
}

static coil_type thing_types[] = {
    {
        .head = COIL_TYPE_HEAD, .name = "thing", .weak = true,
        .size = sizeof(struct thing), .traverse = thing_traverse,
        .clear = thing_clear, .finalize = thing_finalize,
        .release = thing_clear,
    }, {
        .head = COIL_TYPE_HEAD, .name = "big thing", .weak = true,
        .size = sizeof(struct big_thing), .traverse = thing_traverse,
        .clear = thing_clear, .finalize = thing_finalize,
        .release = thing_clear,
    }, {
        .head = COIL_TYPE_HEAD, .name = "silent thing", .weak = true,
        .size = sizeof(struct thing) + 40, .traverse = thing_traverse,
        .clear = thing_clear, .release = thing_clear,
    },
};

/* An atom that is heard when it dies. */
static void atom_finalize(coil_obj *self)
{
    hear(" a%zu", ((coil_var *)self)->len);
}

static coil_type atom_type = {
    .head = COIL_TYPE_HEAD, .name = "atom", .size = sizeof(coil_var),
    .item_size = 1, .finalize = atom_finalize,
};

static coil_obj *some(void)
{
    coil_obj *o = handle[any(HANDLES)];

    return coil_incref(o != NULL ? o : COIL_NONE);
}

static coil_obj *make_thing(size_t kind)
{
    struct thing *t = MUST(coil_object_new(&thing_types[kind]));

    t->number = serial++;
    t->comes_back = any(12) == 0;
    for (size_t i = 0; i < 3; i++)
        t->item[i] = some();
    return &t->head;
}

static coil_obj *make_tuple(size_t len)
{
    coil_obj *t = MUST(coil_tuple_new(len));

    for (size_t i = 0; i < len; i++)
        CHECK_OK(coil_tuple_set_steal(t, i, some()));
    return t;
}

static coil_obj *make(void)
{
    coil_obj *o;

    switch (any(12)) {
    case 0: case 1: case 2: case 3:
        return MUST(coil_list_new());
    case 4:
        return make_tuple(1 + any(6));
    case 5:
        return make_tuple(70);
    case 6:
        return MUST(coil_dict_new());
    case 7:
        return MUST(coil_object_new_var(&atom_type, serial++));
    case 8:
        o = MUST(coil_tuple_of(2, COIL_TRUE, COIL_NONE));
        return o;
    case 9:
        return make_thing(1);
    default:
        return make_thing(any(2) * 2);
    }
}

/* ---- its steps --------------------------------------------------- */

static void tie(coil_obj *o, coil_obj *to)
{
    if (coil_list_check(o)) {
        CHECK_OK(coil_list_append(o, to));
    } else if (coil_dict_check(o)) {
        CHECK_OK(coil_dict_set(o, coil_int_new((int64_t)any(4)), to));
    } else if (o->type >= thing_types && o->type < thing_types + 3) {
        coil_obj **item = &((struct thing *)o)->item[any(3)];
        coil_obj *old = *item;

        *item = coil_incref(to);
        coil_decref(old);
    }
}

static int call(coil_obj *ref, coil_obj *context)
{
    int64_t number;

    (void)ref;
    CHECK_OK(coil_int_value(context, &number));
    hear(" c%d", (int)number);
    if (any(5) == 0)
        put(MUST(coil_list_new()));
    return 0;
}

static void refer_weakly(void)
{
    coil_obj *o = some(), *number = MUST(coil_int_new(serial++)), *ref;

    if (o->type->weak) {
        ref = MUST(coil_weakref_new(o, call, number));
        if (any(3) == 0)
            put(ref);
        else {
            size_t i = any(HANDLES);

            coil_decref(weak[i]);
            weak[i] = ref;
        }
    }
    coil_decref(number);
    coil_decref(o);
}

static void look(void)
{
    int generation = (int)any(4) - 1;
    coil_obj *all = MUST(coil_gc_objects(generation));
    uint32_t sum = 0;

    for (size_t i = 0; i < coil_list_len(all); i++)
        sum = sum * 31 + coil_list_get_borrowed(all, i)->type->name[0];
    hear(" o%zu:%x", coil_list_len(all), (unsigned)sum);
    coil_decref(all);
    hear(" z%zu", coil_gc_frozen());
    for (size_t i = 0; i < HANDLES; i++)
        if (handle[i] != NULL)
            hear(",%d", coil_gc_generation(handle[i]));
}

static void collect(void)
{
    hear("\ncollect ");
    hear("= %td", coil_gc_collect((int)any(3)));
    coili_gc_validate();
    look();
    hear(" live %zu", coil_census_live());
}

static void step(void)
{
    coil_obj *o = some(), *to = some();

    switch (any(24)) {
    case 0: case 1: case 2: case 3: case 4: case 5: case 6: case 7:
        put(make());
        break;
    case 8: case 9: case 10: case 11: case 12: case 13: case 14:
        tie(o, to);
        break;
    case 15: case 16: case 17:
        put(NULL);
        break;
    case 18: case 19:
        refer_weakly();
        break;
    case 20:
        if (any(6) == 0)
            any(2) ? coil_gc_freeze() : coil_gc_unfreeze();
        else if (coil_list_check(o)) {      /* born again */
            coil_gc_untrack(o);
            CHECK_OK(coil_gc_track(o));
        }
        break;
    case 21:
        if (coil_list_check(o))
            coil_list_clear(o);
        break;
    default:
        if (any(10) == 0)
            collect();
    }
    coil_decref(o);
    coil_decref(to);
}

/* ---- both runs --------------------------------------------------- */

static char *run(uint64_t seed, unsigned pools)
{
    coil_options options = {
        .memory = test_memory, .unraisable = test_unraisable,
        .hash_seed = 1, .pools = pools,
    };
    coil_runtime *rt = MUST(coil_runtime_open(&options));
    char *result;

    heard = NULL;
    heard_len = heard_cap = 0;
    state = seed;
    serial = 1;
    hear("seed %u", (unsigned)seed);
    coil_gc_disable();
    if (seed % 3 == 1 && !COILI_STRESS) {
        coil_gc_enable();
        coil_gc_set_threshold(30, 3, 2);
    }
    for (int i = 0; i < 1500; i++)
        step();
    hear("\nend");
    while (coil_census_live() > 0) {    /* some come back, once */
        coil_gc_unfreeze();
        for (size_t i = 0; i < HANDLES; i++) {
            COIL_CLEAR(handle[i]);
            COIL_CLEAR(weak[i]);
        }
        collect();
    }
    CHECK_SIZE(coil_runtime_close(rt), 0);
    coil_runtime_enter(test_rt);
    result = heard;
    heard = NULL;
    return result;
}

static void compare(uint64_t seed)
{
    char *without = run(seed, COIL_POOLS_OFF);
    char *with = run(seed, COIL_POOLS_ON);
    size_t i = 0;

    while (with[i] != '\0' && with[i] == without[i])
        i++;
    if (with[i] != without[i]) {
        while (i > 0 && with[i - 1] != '\n')
            i--;
        test_fail(__FILE__, __LINE__, "seed %u: with pools\n%.900s\n"
                  "without\n%.900s", (unsigned)seed, with + i,
                  without + i);
    }
    free(with);
    free(without);
}

TEST(both_engines_agree_on_random_programs)
{
    const char *seeds = getenv("COIL_TEST_SEEDS");
    uint64_t n = seeds != NULL ? strtoul(seeds, NULL, 10) : 300;

    for (uint64_t seed = 0; seed < n; seed++)
        compare(seed);
}
