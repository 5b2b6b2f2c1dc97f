/* dict.h - values found by their keys, in the order of insertion
 *
 *     coil_obj *d = coil_dict_new(), *v;           // new
 *     int rv = coil_dict_set(d, name, value);
 *     int found = coil_dict_get(d, name, &v);      // 1: v is new
 *
 * Keys must have a hash.  A look-up calls the hash and equality of
 * keys, which may change the dict; it then looks again.
 * Threads: confined.
 */
#ifndef COIL_DICT_H
#define COIL_DICT_H

#include <stdio.h>

#include "coil/object.h"

extern coil_type coil_dict_type;

/* dict: making */
/* coil_dict_new   - an empty dict
 * coil_dict_check - is o a dict?
 * coil_dict_len   - the number of its entries
 *
 * Ownership: returns new.
 * Errors:    NULL with MemoryError.
 * Checked:   (len) it is a dict.
 * Cost:      one allocation; the first entry brings another.
 */
COIL_NEW coil_obj *coil_dict_new(void);
bool coil_dict_check(coil_obj *o);
size_t coil_dict_len(coil_obj *dict);

/* dict: looking up */
/* coil_dict_get          - look a key up
 * coil_dict_get_borrowed - the same, valid until the dict changes
 *
 *   value   set to the value, or to NULL
 *
 * Returns 1 if the key is there, 0 if not, -1 with an error.
 *
 * Ownership: get sets *value to a new reference.
 * Errors:    TypeError if the key has no hash; what its hash or
 *            equality set.
 * Cost:      O(1) on average; no comparison if the key is the stored
 *            object itself, as interned strs are.
 * Source:    CPython 3.11 PyDict_GetItemWithError; chapter 2.
 */
int coil_dict_get(coil_obj *dict, coil_obj *key, coil_obj **value);
int coil_dict_get_borrowed(coil_obj *dict, coil_obj *key,
                           coil_obj **value);

/* coil_dict_item - Python's d[key]
 *
 * Ownership: returns new.
 * Errors:    NULL with KeyError if the key is missing; as above.
 */
COIL_NEW coil_obj *coil_dict_item(coil_obj *dict, coil_obj *key);

/* dict: storing */
/* coil_dict_set    - Python's d[key] = value
 * coil_dict_update - set all entries of another dict
 *
 * An equal key that is there already stays; its value is replaced.
 *
 * Ownership: keeps key and value.
 * Errors:    -1 with MemoryError, and as for coil_dict_get; set: the
 *            dict is unchanged.  RuntimeError if the other dict changes
 *            its size meanwhile.
 */
int coil_dict_set(coil_obj *dict, coil_obj *key, coil_obj *value);
int coil_dict_update(coil_obj *dict, coil_obj *other);

/* dict: taking out */
/* coil_dict_delete - Python's del d[key]
 * coil_dict_pop    - take an entry out and give its value
 * coil_dict_clear  - take all entries out
 *
 *   key     held by the caller, not by the dict alone
 *   value   set to the value, new, or to NULL
 *
 * Pop returns 1, 0 or -1, like a look-up.
 *
 * Errors: delete: -1 with KeyError if the key is missing; as for
 *         coil_dict_get.
 */
int coil_dict_delete(coil_obj *dict, coil_obj *key);
int coil_dict_pop(coil_obj *dict, coil_obj *key, coil_obj **value);
void coil_dict_clear(coil_obj *dict);

/* dict: all entries */
/* coil_dict_next - walk over the entries, in the order of insertion
 *
 *   at           0 at first; not for the caller to read
 *   key, value   NULL if not wanted; set to what is borrowed until the
 *                dict changes
 *
 * Returns false at the end.  Values may be replaced during the walk,
 * and entries taken out; after an insertion it may leave entries out.
 */
bool coil_dict_next(coil_obj *dict, size_t *at, coil_obj **key,
                    coil_obj **value);

/* coil_dict_keys, coil_dict_values - a new list of them
 * coil_dict_items - a new list of tuples (key, value)
 *
 * Errors: NULL with MemoryError.
 */
COIL_NEW coil_obj *coil_dict_keys(coil_obj *dict);
COIL_NEW coil_obj *coil_dict_values(coil_obj *dict);
COIL_NEW coil_obj *coil_dict_items(coil_obj *dict);

/* coil_dict_dump_graph - draw the index and the entries, for Graphviz
 *
 * Errors:    -1, what a repr slot sets.
 * Unchecked: that no repr changes the dict.
 */
int coil_dict_dump_graph(FILE *out, coil_obj *dict);
#endif
