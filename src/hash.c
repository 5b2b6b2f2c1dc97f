#include <string.h>

#include "internal/str_layout.h"
#include "internal/thread.h"

/* hash: one round of SipHash */
static inline uint64_t turn_left(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

static inline void sip_round(uint64_t v[4])
{
    v[0] += v[1]; v[1] = turn_left(v[1], 13) ^ v[0];
    v[2] += v[3]; v[3] = turn_left(v[3], 16) ^ v[2];
    v[0] = turn_left(v[0], 32);
    v[2] += v[1]; v[1] = turn_left(v[1], 17) ^ v[2];
    v[0] += v[3]; v[3] = turn_left(v[3], 21) ^ v[0];
    v[2] = turn_left(v[2], 32);
}

/* hash: the bytes */
int64_t coili_hash_bytes(const char *bytes, size_t size)
{
    uint64_t seed = coili_thread->runtime->options.hash_seed;
    uint64_t key = (seed ^ seed >> 31) * UINT64_C(0x9e3779b97f4a7c15);
    uint64_t v[4] = {
        seed ^ UINT64_C(0x736f6d6570736575),
        key ^ UINT64_C(0x646f72616e646f6d),
        seed ^ UINT64_C(0x6c7967656e657261),
        key ^ UINT64_C(0x7465646279746573),
    };
    uint64_t word, last = (uint64_t)size << 56;
    size_t whole = size & ~(size_t)7;

    for (size_t i = 0; i < whole; i += 8) {
        memcpy(&word, bytes + i, 8);
        v[3] ^= word; sip_round(v); v[0] ^= word;
    }
    for (size_t i = whole; i < size; i++)
        last |= (uint64_t)(unsigned char)bytes[i] << (i - whole) * 8;
    v[3] ^= last; sip_round(v); v[0] ^= last;
    v[2] ^= 0xff;
    sip_round(v); sip_round(v); sip_round(v);
    word = v[0] ^ v[1] ^ v[2] ^ v[3];
    return (int64_t)(word == UINT64_MAX ? UINT64_MAX - 1 : word);
}

/* hash: the table of interned strs */
static size_t name_home(coil_runtime *rt, struct coili_str *s)
{
    return (size_t)s->hash & (rt->names_cap - 1);
}

static size_t find_name(coil_runtime *rt, struct coili_str *s)
{
    size_t i = name_home(rt, s);

    while (rt->names[i] != NULL &&
           !(rt->names[i]->hash == s->hash &&
             rt->names[i]->size == s->size &&
             memcmp(rt->names[i]->bytes, s->bytes, s->size) == 0))
        i = (i + 1) & (rt->names_cap - 1);
    return i;
}

static int grow_names(coil_runtime *rt)
{
    struct coili_str **old = rt->names;
    size_t old_cap = rt->names_cap, cap = old_cap ? 2 * old_cap : 64;
    struct coili_str **names = coil_memory_alloc(cap * sizeof *names);

    if (names == NULL)
        return -1;
    memset(names, 0, cap * sizeof *names);
    rt->names = names;
    rt->names_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i] != NULL)
            names[find_name(rt, old[i])] = old[i];
    coil_memory_free(old, old_cap * sizeof *old);
    return 0;
}

coil_obj *coil_str_intern_steal(coil_obj *o)
{
    coil_runtime *rt = coili_thread->runtime;
    struct coili_str *s = coili_str_of(o), **slot;
    int64_t hash;

    if (o == NULL)
        return NULL;
    COIL_CHECK(coil_str_check(o));
    if (s->interned)
        return o;
    coil_str_type.hash(o, &hash);
    if (3 * rt->names_len >= 2 * rt->names_cap && grow_names(rt) < 0) {
        coil_decref(o);
        return NULL;
    }
    slot = &rt->names[find_name(rt, s)];
    if (*slot != NULL) {
        coil_decref(o);
        return coil_incref(&(*slot)->head);
    }
    *slot = s;
    s->interned = true;
    rt->names_len++;
    return o;
}

coil_obj *coil_str_name(const char *s)
{
    return coil_str_intern_steal(coil_str_from(s));
}

void coili_intern_forget(struct coili_str *s)
{
    coil_runtime *rt = coili_thread->runtime;
    size_t mask = rt->names_cap - 1, gap = find_name(rt, s), i = gap;

    COIL_ASSERT(rt->names[gap] == s);
    while (rt->names[i = (i + 1) & mask] != NULL) {
        size_t home = name_home(rt, rt->names[i]);

        if (((i - home) & mask) >= ((i - gap) & mask)) {
            rt->names[gap] = rt->names[i];
            gap = i;
        }
    }
    rt->names[gap] = NULL;
    rt->names_len--;
}
