/* weakdict.h - dicts that do not keep their values, or keys, alive
 *
 * An entry goes when its object goes.  A typical use is a cache:
 *
 *     coil_obj *cache = coil_weak_values_new();        // new
 *     coil_weak_values_set(cache, name, image);
 *     if (coil_weak_values_get(cache, name, &image) == 1) ...
 *
 * Threads: confined.
 */
#ifndef COIL_WEAKDICT_H
#define COIL_WEAKDICT_H

#include "coil/object.h"

extern coil_type coil_weak_values_type, coil_weak_keys_type;

/* weakdict: weak values */
/* coil_weak_values_new    - an empty dict that does not own its values
 * coil_weak_values_len    - the number of entries
 * coil_weak_values_get    - 1 and *value new, 0 and NULL, or -1
 * coil_weak_values_set    - keeps key; value can be weakly referenced
 * coil_weak_values_delete - KeyError if key is not there
 * coil_weak_values_list   - a new list of the values
 *
 * Errors:  NULL or -1 with MemoryError; of the hash and equality of
 *          key; TypeError if value cannot be weakly referenced.
 * Checked: dict is one of weak values.
 * Cost:    that of a dict; set makes two small objects.
 * Source:  Python weakref.WeakValueDictionary.
 */
COIL_NEW coil_obj *coil_weak_values_new(void);
size_t coil_weak_values_len(coil_obj *dict);
int coil_weak_values_get(coil_obj *dict, coil_obj *key,
                         coil_obj **value);
int coil_weak_values_set(coil_obj *dict, coil_obj *key,
                         coil_obj *value);
int coil_weak_values_delete(coil_obj *dict, coil_obj *key);
COIL_NEW coil_obj *coil_weak_values_list(coil_obj *dict);

/* weakdict: weak keys */
/* coil_weak_keys_new ... - the same for a dict that does not own its
 * keys; it keeps its values
 *
 * coil_weak_keys_list - a new list of the keys
 *
 * Errors: also TypeError if a key cannot be weakly referenced.
 * Source: Python weakref.WeakKeyDictionary.
 */
COIL_NEW coil_obj *coil_weak_keys_new(void);
size_t coil_weak_keys_len(coil_obj *dict);
int coil_weak_keys_get(coil_obj *dict, coil_obj *key, coil_obj **value);
int coil_weak_keys_set(coil_obj *dict, coil_obj *key, coil_obj *value);
int coil_weak_keys_delete(coil_obj *dict, coil_obj *key);
COIL_NEW coil_obj *coil_weak_keys_list(coil_obj *dict);
#endif
