#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "coil/memory.h"
#include "coil/text.h"

/* text: growing */
void coil_text_init(coil_text *t)
{
    t->bytes = t->room;
    t->size = 0;
    t->cap = sizeof t->room;
    t->frames = NULL;
}

void coil_text_clear(coil_text *t)
{
    if (t->bytes != t->room)
        coil_memory_free(t->bytes, t->cap);
    coil_text_init(t);
}

static int grow_text(coil_text *t, size_t more)
{
    size_t cap = t->cap;
    char *bytes;

    if (more > SIZE_MAX / 4) {
        coil_error_set(COIL_MEMORY_ERROR, "out of memory");
        return -1;
    }
    while (cap - t->size < more)
        cap *= 2;
    if (cap == t->cap)
        return 0;
    if (t->bytes != t->room) {
        bytes = coil_memory_resize(t->bytes, t->cap, cap);
    } else if ((bytes = coil_memory_alloc(cap)) != NULL) {
        memcpy(bytes, t->room, t->size);
    }
    if (bytes == NULL)
        return -1;
    t->bytes = bytes;
    t->cap = cap;
    return 0;
}

/* text: appending */
int coil_text_bytes(coil_text *t, const char *bytes, size_t size)
{
    if (grow_text(t, size) < 0)
        return -1;
    if (size > 0)
        memcpy(t->bytes + t->size, bytes, size);
    t->size += size;
    return 0;
}

int coil_text_add(coil_text *t, const char *s)
{
    return coil_text_bytes(t, s, strlen(s));
}

int coil_text_format(coil_text *t, const char *format, ...)
{
    char line[201];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    COIL_CHECK(n >= 0);
    return coil_text_bytes(t, line,
        (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

/* text: containers that contain themselves */
bool coil_text_enter(coil_text *t, coil_obj *o, coil_text_frame *frame)
{
    for (coil_text_frame *f = t->frames; f != NULL; f = f->outer)
        if (f->object == o)
            return true;
    frame->object = o;
    frame->outer = t->frames;
    t->frames = frame;
    return false;
}

void coil_text_leave(coil_text *t, coil_text_frame *frame)
{
    COIL_CHECK(t->frames == frame);
    t->frames = frame->outer;
}
