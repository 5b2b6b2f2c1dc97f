#include <string.h>

#include "coil/memory.h"
#include "internal/table.h"

/* table: equal keys */
#define MOVED 3             /* compared, but the entry is not there */

/* Is entry n the key's?  1, 0, -1, or MOVED. */
static int has_key(struct coili_table *t, size_t n, coil_obj *key,
                   int64_t hash)
{
    struct coili_entry *e = &t->entries[n];
    uint32_t shape = t->shape;
    coil_obj *held = e->key;
    int rv;

    if (held == key)
        return 1;
    if (held == NULL || e->hash != hash)
        return 0;
    coil_incref(held);
    rv = coil_equal(held, key);
    if (rv >= 0 && (t->shape != shape || t->entries[n].key != held))
        rv = MOVED;
    coil_decref(held);
    return rv;
}

int coili_table_find_equal(struct coili_table *t, coil_obj *key,
                           int64_t hash, struct coili_entry **found)
{
    struct coili_path path = coili_path_start(t, hash);
    size_t n;
    int rv;

    *found = NULL;
    while ((n = coili_table_at(t, path.slot)) != 0) {
        rv = has_key(t, n - 1, key, hash);
        if (rv == MOVED) {
            path = coili_path_start(t, hash);
            continue;
        }
        if (rv == 1)
            *found = &t->entries[n - 1];
        if (rv != 0)
            return rv;
        coili_path_step(t, &path);
    }
    return 0;
}

/* table: the block */
#define LEAST_SLOTS 16
#define MOST_SLOTS ((size_t)1 << (sizeof(size_t) > 4 ? 32 : 26))

static uint8_t no_slots[1];     /* the index of all empty tables */

void coili_table_init(struct coili_table *t)
{
    memset(t, 0, sizeof *t);
    t->index = no_slots;
}

static size_t index_size(size_t slots)
{
    return slots * (slots - 1 <= UINT8_MAX ? sizeof(uint8_t)
                    : slots - 1 <= UINT16_MAX ? sizeof(uint16_t)
                    : sizeof(uint32_t));
}

static size_t block_size(size_t slots)
{
    return slots / 3 * sizeof(struct coili_entry) +
           index_size(slots);
}

/* table: rebuilding */
static void set_slot(struct coili_table *t, size_t slot, size_t n)
{
    if (t->mask <= UINT8_MAX)
        ((uint8_t *)t->index)[slot] = (uint8_t)n;
    else if (t->mask <= UINT16_MAX)
        ((uint16_t *)t->index)[slot] = (uint16_t)n;
    else
        ((uint32_t *)t->index)[slot] = (uint32_t)n;
}

/* Let the first free slot on the path of its hash point to entry n. */
static void point_to(struct coili_table *t, size_t n)
{
    struct coili_path path = coili_path_start(t, t->entries[n].hash);

    while (coili_table_at(t, path.slot) != 0)
        coili_path_step(t, &path);
    set_slot(t, path.slot, n + 1);
}

/* Move the living entries to a block with this many slots. */
static void move_to(struct coili_table *t, struct coili_entry *block,
                    size_t slots)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->used; i++)
        if (t->entries[i].key != NULL)
            block[n++] = t->entries[i];
    t->entries = block;
    t->index = block + slots / 3;
    t->mask = (uint32_t)(slots - 1);
    t->used = n;
    t->shape++;
    memset(t->index, 0, index_size(slots));
    for (uint32_t i = 0; i < n; i++)
        point_to(t, i);
}

static int rebuild(struct coili_table *t)
{
    struct coili_entry *old = t->entries, *block = old;
    size_t old_slots = (size_t)t->mask + 1, slots = LEAST_SLOTS;

    while (slots <= (size_t)t->len * 6)
        slots *= 2;
    if (slots > MOST_SLOTS) {
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
        return -1;
    }
    if (slots != old_slots &&
        (block = coil_memory_alloc(block_size(slots))) == NULL)
        return -1;
    move_to(t, block, slots);
    if (block != old)
        coil_memory_free(old, block_size(old_slots));
    return 0;
}

/* table: adding and taking out */
int coili_table_add_steal(struct coili_table *t, int64_t hash,
                          coil_obj *key, coil_obj *value)
{
    struct coili_entry *e;

    if (t->used == coili_table_cap(t) && rebuild(t) < 0) {
        coil_decref(key);
        coil_decref(value);
        return -1;
    }
    e = &t->entries[t->used];
    e->hash = hash;
    e->key = key;
    e->value = value;
    point_to(t, t->used);
    t->used++;
    t->len++;
    return 0;
}

struct coili_entry coili_table_take(struct coili_table *t,
                                    struct coili_entry *e)
{
    struct coili_entry taken = *e;

    e->key = e->value = NULL;
    t->len--;
    return taken;
}

/* table: emptying */
void coili_table_clear(struct coili_table *t)
{
    struct coili_table old = *t;

    coili_table_init(t);
    t->shape = old.shape + 1;
    for (uint32_t i = 0; i < old.used; i++) {
        coil_decref(old.entries[i].key);
        coil_decref(old.entries[i].value);
    }
    coil_memory_free(old.entries, block_size((size_t)old.mask + 1));
}

/* table: walking */
struct coili_entry *coili_table_next(const struct coili_table *t,
                                     size_t *at)
{
    while (*at < t->used) {
        struct coili_entry *e = &t->entries[(*at)++];

        if (e->key != NULL)
            return e;
    }
    return NULL;
}

bool coili_table_next_held(const struct coili_table *t, size_t *at,
                           struct coili_entry *held)
{
    struct coili_entry *e = coili_table_next(t, at);

    if (e == NULL)
        return false;
    *held = *e;
    coil_incref(held->key);
    if (held->value != NULL)
        coil_incref(held->value);
    return true;
}

void coili_entry_drop(const struct coili_entry *held)
{
    coil_decref(held->key);
    coil_decref(held->value);
}

int coili_table_step(const struct coili_table *t, struct coili_iter *it,
                     const char *owner, struct coili_entry **e)
{
    if (it->len != t->len) {
        coil_error_set(COIL_RUNTIME_ERROR,
            "%s changed size during iteration", owner);
        it->len = COILI_CHANGED;
        return -1;
    }
    *e = coili_table_next(t, &it->at);
    return *e != NULL;
}

int coili_table_traverse(const struct coili_table *t,
                         coil_visit_fn *visit, void *arg)
{
    for (uint32_t i = 0; i < t->used; i++) {
        COIL_VISIT(t->entries[i].key);
        COIL_VISIT(t->entries[i].value);
    }
    return 0;
}

int coili_key_error(coil_obj *key)
{
    coil_text text;

    coil_text_init(&text);
    if (coil_text_repr(&text, key) == 0)
        coil_error_set(COIL_KEY_ERROR, "%.*s", (int)text.size,
                       text.bytes);
    coil_text_clear(&text);
    return -1;
}

/* table: validating */
/* Does the path of its hash lead to entry n? */
static bool is_reached(const struct coili_table *t, size_t n)
{
    struct coili_path path = coili_path_start(t, t->entries[n].hash);
    size_t at;

    while ((at = coili_table_at(t, path.slot)) != 0 && at != n + 1)
        coili_path_step(t, &path);
    return at == n + 1;
}

void coili_table_validate(const struct coili_table *t)
{
    size_t living = 0, pointing = 0;

    COIL_ASSERT((t->mask & (t->mask + 1)) == 0);
    COIL_ASSERT(t->used <= coili_table_cap(t));
    for (size_t slot = 0; slot <= t->mask; slot++)
        pointing += coili_table_at(t, slot) != 0;
    for (size_t n = 0; n < t->used; n++) {
        COIL_ASSERT(is_reached(t, n));
        if (t->entries[n].key == NULL)
            continue;
        COIL_ASSERT(t->entries[n].key->count > 0);
        living++;
    }
    COIL_ASSERT(pointing == t->used && living == t->len);
    (void)pointing, (void)living;
}
