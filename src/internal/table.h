/* table.h - the hash table inside dicts and sets (internal)
 *
 * Entries stand in the order in which they came; an index finds them
 * by hash.  Both share one block: first the entries, then the index.
 *
 * Calls marked "strangers" can run code of others, in equality or in a
 * release: afterwards the table may look different, and every entry
 * pointer got before is void.
 */
#ifndef COILI_TABLE_H
#define COILI_TABLE_H

#include "coil/protocol.h"
#include "internal/iter.h"
#include "internal/str_layout.h"

/* table: entries and index */
struct coili_entry {
    int64_t hash;
    coil_obj *key;          /* owned; NULL: the entry is dead */
    coil_obj *value;        /* owned; NULL in a set */
};

struct coili_table {
    struct coili_entry *entries;    /* NULL, or the whole block */
    void *index;            /* mask + 1 slots, behind the entries */
    uint32_t mask;          /* the number of slots, less one */
    uint32_t len;           /* living entries */
    uint32_t used;          /* entries, living and dead */
    uint32_t shape;         /* another number when entries move */
};

/* How many entries fit: a third of the number of slots. */
static inline size_t coili_table_cap(const struct coili_table *t)
{
    return ((size_t)t->mask + 1) / 3;
}

/* table: a slot of the index */
/* 0: free.  Otherwise 1 more than the number of an entry. */
static inline size_t coili_table_at(const struct coili_table *t,
                                    size_t slot)
{
    if (__builtin_expect(t->mask <= UINT8_MAX, 1))
        return ((const uint8_t *)t->index)[slot];
    if (t->mask <= UINT16_MAX)
        return ((const uint16_t *)t->index)[slot];
    return ((const uint32_t *)t->index)[slot];
}

/* table: the path of a hash */
struct coili_path {
    size_t slot;
    uint64_t rest;          /* bits of the hash not yet looked at */
};

static inline struct coili_path coili_path_start(
    const struct coili_table *t, int64_t hash)
{
    struct coili_path path = { (uint64_t)hash & t->mask,
                               (uint64_t)hash };

    return path;
}

static inline void coili_path_step(const struct coili_table *t,
                                   struct coili_path *path)
{
    path->rest >>= 5;
    path->slot = (path->slot * 5 + path->rest + 1) & t->mask;
}

/* table: functions */
/* An empty table.  It allocates nothing. */
void coili_table_init(struct coili_table *t);

/* Take everything out and free the block.  Strangers. */
void coili_table_clear(struct coili_table *t);

/* Append an entry; the key must not be in the table.  Steals key and
 * value (which may be NULL), also when it fails: -1, MemoryError. */
int coili_table_add_steal(struct coili_table *t, int64_t hash,
                          COIL_STEALS coil_obj *key,
                          COIL_STEALS coil_obj *value);

/* Take an entry out.  Returns it; its key and value are now yours. */
struct coili_entry coili_table_take(struct coili_table *t,
                                    struct coili_entry *e);

/* The next living entry from number *at on, or NULL; moves *at. */
struct coili_entry *coili_table_next(const struct coili_table *t,
                                     size_t *at);

/* The same, but a copy of the entry, whose key and value are yours: for
 * walks on which strangers are met. */
bool coili_table_next_held(const struct coili_table *t, size_t *at,
                           struct coili_entry *held);
void coili_entry_drop(const struct coili_entry *held);  /* strangers */

/* One step of an iterator whose owner has this table: 1, 0, or -1 with
 * a RuntimeError about `owner` if the table's length has changed. */
int coili_table_step(const struct coili_table *t, struct coili_iter *it,
                     const char *owner, struct coili_entry **e);

int coili_table_traverse(const struct coili_table *t,
                         coil_visit_fn *visit, void *arg);
void coili_table_validate(const struct coili_table *t);

/* Set a KeyError whose text is the repr of key.  Returns -1.
 * Strangers. */
int coili_key_error(coil_obj *key);

/* table: finding a key */
/* The first entry with this hash on the path of the hash, living or
 * dead, or NULL. */
static inline struct coili_entry *coili_table_first(
    const struct coili_table *t, int64_t hash)
{
    struct coili_path path = coili_path_start(t, hash);
    size_t n;

    while ((n = coili_table_at(t, path.slot)) != 0) {
        struct coili_entry *e = &t->entries[n - 1];

        if (e->hash == hash)
            return e;
        coili_path_step(t, &path);
    }
    return NULL;
}

/* The same as the next, for a key that must be compared. */
int coili_table_find_equal(struct coili_table *t, coil_obj *key,
                           int64_t hash, struct coili_entry **found);

/* 1: *found is the key's entry; 0: there is none; -1: an error.
 * Strangers. */
static inline int coili_table_find(struct coili_table *t, coil_obj *key,
                                   int64_t hash,
                                   struct coili_entry **found)
{
    struct coili_entry *e = coili_table_first(t, hash);

    if (e != NULL && e->key != key)
        return coili_table_find_equal(t, key, hash, found);
    *found = e;
    return e != NULL;
}

/* The hash of a key; a str that knows its own is not asked, of others
 * strangers may answer. */
static inline int coili_key_hash(coil_obj *key, int64_t *hash)
{
    if (coil_is(key, &coil_str_type) &&
        (*hash = coili_str_of(key)->hash) != -1)
        return 0;
    return coil_hash(key, hash);
}
#endif
