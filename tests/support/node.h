/* node.h - an object with attributes, to stand for a Python instance
 *
 *     coil_obj *a = node_new("a"), *b = node_new_final("b", fn, &log);
 *     node_set(a, "next", b);              // a.next = b
 *     node_set(b, "next", a);              // b.next = a
 *
 * One object, one count: the attributes are inside the node.  A node
 * can be weakly referenced and takes part in cycles.  node_new makes
 * one of a class without __del__, node_new_final one of a class with
 * it.  Needs nothing of the library but chapter 1, and not the test
 * harness.
 */
#ifndef NODE_H
#define NODE_H

#include <stdbool.h>

#include "coil/object.h"

extern coil_type node_type;             /* without a finalizer */
extern coil_type node_final_type;       /* with one */

/* A finalizer: its node is whole.  It may leave an error pending. */
typedef void node_fn(coil_obj *self, void *context);

/* node_new       - a node without attributes
 * node_new_final - one whose finalizer is fn(self, context)
 *
 *   name, context   borrowed: they live longer than the node
 *
 * Errors: NULL with MemoryError.
 */
COIL_NEW coil_obj *node_new(const char *name);
COIL_NEW coil_obj *node_new_final(const char *name, node_fn *fn,
                                  void *context);

/* node_set       - self.key = value (keeps); NULL: deletes it if any
 * node_set_steal - the same, and steals value
 * node_get_borrowed - self.key, until it is set; NULL if there is none
 * node_name      - the name given at birth
 * node_check     - is o a node?
 *
 *   key   borrowed: it lives longer than the node
 *
 * Errors: -1 with MemoryError.
 */
int node_set(coil_obj *self, const char *key, coil_obj *value);
int node_set_steal(coil_obj *self, const char *key,
                   COIL_STEALS coil_obj *value);
COIL_BORROWED coil_obj *node_get_borrowed(coil_obj *self,
                                          const char *key);
const char *node_name(coil_obj *self);
bool node_check(coil_obj *o);

#endif
