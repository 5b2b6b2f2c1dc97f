/* text.h - a growing UTF-8 text, as repr slots write it
 *
 *     coil_text t;
 *     coil_text_init(&t);
 *     if (coil_text_add(&t, "<point ") < 0 || ...
 *     coil_text_clear(&t);
 *
 * The caller owns the structure.  Threads: confined.
 */
#ifndef COIL_TEXT_H
#define COIL_TEXT_H

#include "coil/object.h"

/* text: types */
typedef struct coil_text_frame coil_text_frame;
struct coil_text_frame {        /* a container now being written */
    coil_obj *object;
    coil_text_frame *outer;
};

struct coil_text {
    char *bytes;                /* size bytes, no NUL at the end */
    size_t size, cap;
    coil_text_frame *frames;    /* innermost first */
    char room[120];             /* bytes points here at first */
};

/* text: functions */
/* coil_text_init  - an empty text; allocates nothing
 * coil_text_clear - free its memory
 */
void coil_text_init(coil_text *t);
void coil_text_clear(coil_text *t);

/* coil_text_add    - append a C string
 * coil_text_bytes  - append size bytes
 * coil_text_format - append as printf does, up to 200 bytes of ASCII
 * coil_text_str    - append the contents of a str
 * coil_text_repr   - append the repr of any object
 *
 * Errors: -1 with MemoryError; repr as coil_repr.
 */
int coil_text_add(coil_text *t, const char *s);
int coil_text_bytes(coil_text *t, const char *bytes, size_t size);
COIL_PRINTF(2, 3)
int coil_text_format(coil_text *t, const char *format, ...);
int coil_text_str(coil_text *t, coil_obj *str);
int coil_text_repr(coil_text *t, coil_obj *o);

/* coil_text_enter - a container's repr begins: is it already begun?
 * coil_text_leave - it ends
 *
 *   frame   the caller's, alive until coil_text_leave
 *
 * Enter returns true if o is being written further out; the repr then
 * writes its short form, such as "[...]", and does not call leave.
 */
bool coil_text_enter(coil_text *t, coil_obj *o, coil_text_frame *frame);
void coil_text_leave(coil_text *t, coil_text_frame *frame);
#endif
