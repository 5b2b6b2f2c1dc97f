/* fails: add */
/* the old count is never given back */
#include <string.h>

#include "counter.h"

int counter_add(coil_obj *counts, coil_obj *key, int64_t n)
{
    coil_obj *old = NULL, *more = NULL, *sum = NULL;
    int rv = -1, found = coil_dict_get(counts, key, &old);

    if (found < 0 || !(more = coil_int_new(n)))
        goto done;
    sum = found ? coil_add(old, more) : coil_incref(more);
    if (sum != NULL)
        rv = coil_dict_set(counts, key, sum);
done:
    coil_decref(more);
    coil_decref(sum);
    return rv;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int add_word(coil_obj *counts, const char *word, size_t size)
{
    coil_obj *key = coil_str_new(word, size);
    int rv = key != NULL ? counter_add(counts, key, 1) : -1;

    coil_decref(key);
    return rv;
}

coil_obj *counter_words(const char *text, size_t size)
{
    coil_obj *counts = coil_dict_new();
    int rv = 0;

    for (size_t i = 0; counts != NULL && rv == 0 && i < size; ) {
        size_t len = 0;

        while (i + len < size && !is_blank(text[i + len]))
            len++;
        if (len > 0)
            rv = add_word(counts, text + i, len);
        i += len + 1;
    }
    if (rv < 0)
        COIL_CLEAR(counts);
    return counts;
}

/* The count in the i-th tuple; -1 with TypeError. */
static int count_of(coil_obj *items, size_t i, int64_t *count)
{
    coil_obj *item = coil_list_get_borrowed(items, i);

    return coil_int_value(coil_tuple_get_borrowed(item, 1), count);
}

static int check_counts(coil_obj *items)
{
    int64_t count;
    int rv = 0;

    for (size_t i = 0; rv == 0 && i < coil_list_len(items); i++)
        rv = count_of(items, i, &count);
    return rv;
}

static int move_greatest(coil_obj *items, coil_obj *most)
{
    int64_t best = INT64_MIN, count;
    size_t at = 0;

    for (size_t i = 0; i < coil_list_len(items); i++) {
        count_of(items, i, &count);
        if (count > best) {
            best = count;
            at = i;
        }
    }
    if (coil_list_append(most, coil_list_get_borrowed(items, at)) < 0)
        return -1;
    return coil_list_delete(items, at);
}

coil_obj *counter_most(coil_obj *counts, size_t n)
{
    coil_obj *items = coil_dict_items(counts);
    coil_obj *most = items != NULL ? coil_list_new() : NULL;
    int rv = most != NULL ? check_counts(items) : 0;

    while (rv == 0 && most != NULL && n-- > 0
           && coil_list_len(items) > 0)
        rv = move_greatest(items, most);
    if (rv < 0)
        COIL_CLEAR(most);
    coil_decref(items);
    return most;
}
