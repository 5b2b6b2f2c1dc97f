#include <stdarg.h>
#include <string.h>

#include "coil/error.h"
#include "internal/thread.h"

/* error: the tree of kinds */
#define KIND(id, name, parent) \
    const coil_kind COIL_ ## id[1] = {{ name, parent }}

KIND(BASE_EXCEPTION, "BaseException", NULL);
KIND(EXCEPTION, "Exception", COIL_BASE_EXCEPTION);
KIND(ARITHMETIC_ERROR, "ArithmeticError", COIL_EXCEPTION);
KIND(ATTRIBUTE_ERROR, "AttributeError", COIL_EXCEPTION);
KIND(LOOKUP_ERROR, "LookupError", COIL_EXCEPTION);
KIND(INDEX_ERROR, "IndexError", COIL_LOOKUP_ERROR);
KIND(KEY_ERROR, "KeyError", COIL_LOOKUP_ERROR);
KIND(MEMORY_ERROR, "MemoryError", COIL_EXCEPTION);
KIND(NAME_ERROR, "NameError", COIL_EXCEPTION);
KIND(OS_ERROR, "OSError", COIL_EXCEPTION);
KIND(OVERFLOW_ERROR, "OverflowError", COIL_ARITHMETIC_ERROR);
KIND(REFERENCE_ERROR, "ReferenceError", COIL_EXCEPTION);
KIND(RUNTIME_ERROR, "RuntimeError", COIL_EXCEPTION);
KIND(RECURSION_ERROR, "RecursionError", COIL_RUNTIME_ERROR);
KIND(STOP_ITERATION, "StopIteration", COIL_EXCEPTION);
KIND(SYSTEM_ERROR, "SystemError", COIL_EXCEPTION);
KIND(TYPE_ERROR, "TypeError", COIL_EXCEPTION);
KIND(VALUE_ERROR, "ValueError", COIL_EXCEPTION);
KIND(ZERO_DIVISION_ERROR, "ZeroDivisionError", COIL_ARITHMETIC_ERROR);

/* error: setting and asking */
void coil_error_set(const coil_kind *kind, const char *format, ...)
{
    coil_error *error = &coili_thread->error;
    char text[COIL_ERROR_TEXT];
    va_list args;
    int size;

    COIL_CHECK(kind != NULL && format != NULL);
    COIL_CHECK(error->kind == NULL);
    va_start(args, format);
    size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    /* cut the text where a code point begins */
    if (size >= (int)sizeof text) {
        unsigned char *end = (unsigned char *)text + sizeof text - 1;
        int inside = 0;

        while (inside < 3 && (end[-1 - inside] & 0xc0) == 0x80)
            inside++;
        end -= inside + 1;
        if (*end >= 0xc0 && inside < 1 + (*end >= 0xe0) + (*end >= 0xf0))
            *end = '\0';
    }
    memcpy(error->text, text, sizeof text);
    error->kind = kind;
}

const coil_kind *coil_error_kind(void)
{
    return coili_thread->error.kind;
}

const char *coil_error_text(void)
{
    return coili_thread->error.kind ? coili_thread->error.text : "";
}

bool coil_error_is(const coil_kind *kind)
{
    const coil_kind *k = coili_thread->error.kind;

    while (k != NULL && k != kind)
        k = k->parent;
    return k != NULL;
}

void coil_error_clear(void)
{
    coil_error *error = &coili_thread->error;

    error->kind = NULL;
}

void coil_error_print(FILE *out)
{
    const coil_error *error = &coili_thread->error;

    if (error->kind == NULL)
        return;
    fprintf(out, "%s%s%s\n", error->kind->name,
            error->text[0] ? ": " : "", error->text);
}

/* error: saving and ignoring */
void coil_error_save(coil_error *saved)
{
    coil_error *error = &coili_thread->error;

    if (error->kind == NULL) {
        saved->kind = NULL;
        return;
    }
    *saved = *error;
    error->kind = NULL;
}

void coil_error_restore(const coil_error *saved)
{
    COIL_CHECK(coili_thread->error.kind == NULL);
    if (saved->kind != NULL)
        coili_thread->error = *saved;
}

void coil_error_ignore(const char *where)
{
    const coil_options *options = &coili_thread->runtime->options;
    coil_error error;

    coil_error_save(&error);
    if (error.kind == NULL)
        return;
    options->unraisable(options->unraisable_context, &error, where);
    COIL_CHECK(coil_error_kind() == NULL);
}
