/* drive.h - what the driver of an exercise is made of
 *
 * A driver decodes a call, calls the learner's function, and says the
 * answer.  It knows no right answers: it is linked with the learner's
 * code, which may read all it has.
 *
 *     static void op_class(struct drive *d)
 *     {
 *         drive_say(d, "%zu", map_class((size_t)drive_int(d, 0)));
 *     }
 *     const struct drive_op drive_ops[] = { {"class", op_class}, {0} };
 *     void drive_reset(void) {}
 *
 * open, close, fail, heap and quit are answered by drive.c itself.
 *
 * Threads: none.
 */
#ifndef COIL_DRIVE_H
#define COIL_DRIVE_H

#include <stddef.h>

struct coil_obj;
struct drive;

struct drive_op {
    const char *name;
    void (*run)(struct drive *);
};

/* The driver's own: the operations, up to one without a name; what is
 * dropped before a runtime ends, and before a case begins. */
extern const struct drive_op drive_ops[];
void drive_reset(void);

/* The arguments of the call; a wrong one ends the program. */
size_t drive_args(const struct drive *);
long long drive_int(const struct drive *, size_t i);
const char *drive_text(const struct drive *, size_t i, size_t *len);

/* drive_say   - append to the answer, as printf does
 * drive_quote - append bytes as a quoted argument
 * drive_error - append the kind of the pending error, "MemoryError",
 *               and clear it; "none" where there is none
 * drive_repr  - append the repr of an object (borrowed), or the
 *               error */
void drive_say(struct drive *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void drive_quote(struct drive *, const char *bytes, size_t len);
void drive_error(struct drive *);
void drive_repr(struct drive *, struct coil_obj *);

/* drive_root - name an object (borrowed; NULL: none any more), from
 * which the picture of the heap is drawn when a check fails. */
void drive_root(const char *name, struct coil_obj *);
#endif
