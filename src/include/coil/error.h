/* error.h - the pending error of the current thread
 *
 * At most one error is pending.  A function that reports failure has
 * set it; one that succeeds has not.  Whoever handles an error clears
 * it.  Setting an error allocates nothing, so MemoryError can be set
 * when there is no memory.
 *
 *     if (coil_list_append(list, item) < 0) {
 *         if (!coil_error_is(COIL_MEMORY_ERROR))
 *             return -1;                  // not ours: pass it on
 *         coil_error_clear();             // ours: handled
 *     }
 *
 * Threads: confined; each thread has its own error.
 */
#ifndef COIL_ERROR_H
#define COIL_ERROR_H

#include <stdio.h>

#include "coil/base.h"

/* error: types */
typedef struct coil_kind coil_kind;
struct coil_kind {
    const char *name;           /* as Python writes it */
    const coil_kind *parent;    /* NULL only for BaseException */
};

#define COIL_ERROR_TEXT 200     /* bytes, the final NUL included */

typedef struct coil_error coil_error;
struct coil_error {
    const coil_kind *kind;      /* NULL: no error */
    char text[COIL_ERROR_TEXT];
};

/* error: kinds */
extern const coil_kind COIL_BASE_EXCEPTION[1];
extern const coil_kind COIL_EXCEPTION[1];
extern const coil_kind COIL_ARITHMETIC_ERROR[1];
extern const coil_kind COIL_ATTRIBUTE_ERROR[1];
extern const coil_kind COIL_INDEX_ERROR[1];
extern const coil_kind COIL_KEY_ERROR[1];
extern const coil_kind COIL_LOOKUP_ERROR[1];
extern const coil_kind COIL_MEMORY_ERROR[1];
extern const coil_kind COIL_NAME_ERROR[1];
extern const coil_kind COIL_OS_ERROR[1];
extern const coil_kind COIL_OVERFLOW_ERROR[1];
extern const coil_kind COIL_RECURSION_ERROR[1];
extern const coil_kind COIL_REFERENCE_ERROR[1];
extern const coil_kind COIL_RUNTIME_ERROR[1];
extern const coil_kind COIL_STOP_ITERATION[1];
extern const coil_kind COIL_SYSTEM_ERROR[1];
extern const coil_kind COIL_TYPE_ERROR[1];
extern const coil_kind COIL_VALUE_ERROR[1];
extern const coil_kind COIL_ZERO_DIVISION_ERROR[1];

/* error: functions */
/* coil_error_set - make an error pending
 *
 *   format    as for printf; of a longer text than COIL_ERROR_TEXT
 *             allows, whole characters are kept
 *
 * Checked: no error is pending (the first one is the cause).
 * Cost:    one formatted print; allocates nothing.
 * Source:  CPython 3.11 PyErr_Format; chapter 1.
 */
COIL_PRINTF(2, 3)
void coil_error_set(const coil_kind *kind, const char *format, ...);

/* coil_error_kind - the pending error's kind, or NULL
 * coil_error_text - its text, borrowed until the error changes, or ""
 * coil_error_is   - is one of this kind, or of a child of it, pending?
 */
const coil_kind *coil_error_kind(void);
const char *coil_error_text(void);
bool coil_error_is(const coil_kind *kind);

/* coil_error_clear - the pending error, if any, is handled
 * coil_error_print - write "KeyError: 'k'" and a line end, or nothing
 */
void coil_error_clear(void);
void coil_error_print(FILE *out);

/* coil_error_save    - move the pending error, or "none", to *saved
 * coil_error_restore - put it back
 *
 * Checked (restore): no error is pending.
 */
void coil_error_save(coil_error *saved);
void coil_error_restore(const coil_error *saved);

/* coil_error_ignore - give the pending error to the unraisable hook
 *
 *   where     the place it cannot leave, e.g. "finalizer of node"
 *
 * Does nothing if no error is pending; none is pending afterwards.
 * Source: CPython 3.11 PyErr_WriteUnraisable; sys.unraisablehook.
 */
void coil_error_ignore(const char *where);

#endif
