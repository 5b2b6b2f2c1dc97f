/* gate_text.c - what the text of a solution may not say */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "work.h"

bool starts(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

bool word_in(const char *name, const char *const *words)
{
    for (; words != NULL && *words != NULL; words++)
        if (strcmp(name, *words) == 0)
            return true;
    return false;
}

/* ---- the text as it was handed in -------------------------------- */
/* No line may say that it stands elsewhere: gate_text believes the
 * lines "# 12 file" of the preprocessor. */
static const char *const directives[] = {
    "include", "define", "undef", "if", "ifdef", "ifndef", "elif",
    "else",
    "endif", "error", NULL
};

static const char *const headers[] = {
    "assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h",
    "iso646.h",
    "limits.h", "math.h", "stdalign.h", "stdarg.h", "stdatomic.h",
    "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h",
    "stdnoreturn.h", "string.h", "time.h", "pthread.h", NULL
};

/* Lines joined, comments and what is in quotes gone, as a compiler does
 * it; a quote's marks stay. */
static void strip(const char *s, struct text *out)
{
    struct text joined = {0};

    for (; *s != '\0'; s++) {
        const char *end = s + 1 + strspn(s + 1, " \t\r\v\f");

        if (*s == '\\' && *end == '\n')
            s = end;
        else
            text_add(&joined, s, 1);
    }
    text_add(out, "", 0);
    for (s = text_chars(&joined); *s != '\0'; ) {
        if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s + 2, "*/");
            s = end != NULL ? end + 2 : s + strlen(s);
            text_add(out, " ", 1);
        } else if (s[0] == '/' && s[1] == '/') {
            s += strcspn(s, "\n");
        } else if (*s == '"' || *s == '\'') {
            char quote = *s;

            text_add(out, s++, 1);
            for (; *s != '\0' && *s != quote && *s != '\n'; s++)
                s += *s == '\\' && s[1] != '\0' && s[1] != '\n';
            if (*s == quote)
                text_add(out, s++, 1);
        } else {
            text_add(out, s++, 1);
        }
    }
    text_clear(&joined);
}

static void look_include(const struct source *source, const char *p,
                         json_t *gate)
{
    size_t len = strcspn(p, "\n");
    char *what = need(strndup(p, len));
    char *end = what + strlen(what);

    while (end > what && isspace((unsigned char)end[-1]))
        *--end = '\0';
    if (*what == '<' && end > what && end[-1] == '>') {
        end[-1] = '\0';
        if (!word_in(what + 1, headers)
            && (!starts(what + 1, "coil/")
                || strstr(what, "..") != NULL))
            gate_add(gate, what + 1, "%s may not include it",
                     source->name);
    } else if (strcmp(what, "\"\"") != 0) {
        gate_add(gate, "#include", "%s: it has <name> or \"name\"",
                 source->name);
    }
    free(what);
}

/* A header, in the same folder or the library's. */
static bool is_header(const char *name)
{
    size_t len = strlen(name);

    return len > 2 && strcmp(name + len - 2, ".h") == 0
           && (strchr(name, '/') == NULL || starts(name, "coil/"))
           && strstr(name, "..") == NULL;
}

/* What is included in quotes is looked for in the text as it was. */
static void look_quoted(const struct source *source, json_t *gate)
{
    const char *s = text_chars(&source->text);

    while ((s = strstr(s, "include")) != NULL) {
        s += strlen("include");
        s += strspn(s, " \t");
        if (*s != '"')
            continue;
        char *name = need(strndup(s + 1, strcspn(s + 1, "\"\n")));

        if (!is_header(name))
            gate_add(gate, name, "%s may not include it", source->name);
        free(name);
    }
}

void gate_source(const struct source *source, json_t *gate)
{
    static const char *const odd[] = {
        "??", "%:", "<:", ":>", NULL
    };
    struct text text = {0};

    strip(text_chars(&source->text), &text);
    for (const char *const *o = odd; *o != NULL; o++)
        if (strstr(text.s, *o) != NULL)
            gate_add(gate, *o, "%s: another way to write a character",
                     source->name);
    for (char *p = text.s; p != NULL; p = strchr(p, '\n')) {
        p += *p == '\n';
        p += strspn(p, " \t\r\v\f");
        if (*p != '#')
            continue;
        p += 1 + strspn(p + 1, " \t");
        size_t len = strspn(p, "abcdefghijklmnopqrstuvwxyz_");
        char *word = need(strndup(p, len));

        if (len > 0 ? !word_in(word, directives)
                    : *p != '\n' && *p != '\0')
            gate_add(gate, len > 0 ? word : "#",
                     "%s: no such directive here", source->name);
        else if (strcmp(word, "include") == 0)
            look_include(source, p + len + strspn(p + len, " \t"),
                         gate);
        free(word);
    }
    look_quoted(source, gate);
    text_clear(&text);
}

/* ---- the text as the compiler sees it ---------------------------- */
static const char *const attributes[] = {
    "unused", "warn_unused_result", "format", "noreturn",
    "always_inline",
    "noinline", "cold", "hot", "const", "pure", "aligned", "packed",
    "fallthrough", "nonnull", "returns_nonnull", "malloc", "deprecated",
    "cleanup", "printf", NULL
};

static const char *const words[] = {
    "asm", "__asm", "__asm__", "_Pragma", "__attribute", NULL
};

static const char *const families[] = {
    "__asan", "__lsan", "__ubsan", "__tsan", "__msan", "__sanitizer",
    "VALGRIND", "RUNNING_ON_VALGRIND", NULL
};

struct scan {
    const struct source *source;
    json_t *gate;
    const char *p;
};

static void refuse(struct scan *scan, const char *word, const char *why)
{
    gate_add(scan->gate, word, "%s: %s", scan->source->name, why);
}

static size_t word_len(const char *p)
{
    size_t n = 0;

    if (isdigit((unsigned char)*p))
        return 0;
    while (isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == '$')
        n++;
    return n;
}

/* __attribute__((a, b(1, 2))): the words at depth two are its names. */
static void look_attribute(struct scan *scan)
{
    int depth = 0;
    const char *p = scan->p + strcspn(scan->p, "(");

    for (; *p != '\0' && (depth > 0 || *p == '('); ) {
        size_t len = word_len(p);
        char name[64] = "";

        depth += (*p == '(') - (*p == ')');
        if (len > 0 && len < sizeof name && depth == 2) {
            size_t bare = len > 4 && starts(p, "__") ? 2 : 0;
            memcpy(name, p + bare, len - 2 * bare);
            name[len - 2 * bare] = '\0';
            if (!word_in(name, attributes))
                refuse(scan, name, "this attribute may not be used");
        } else if (len >= sizeof name) {
            refuse(scan, "__attribute__", "its name is too long");
        }
        p += len > 0 ? len : 1;
    }
    scan->p = p;
}

static void look_word(struct scan *scan, size_t len)
{
    char *word = need(strndup(scan->p, len));

    scan->p += len;
    if (strcmp(word, "__attribute__") == 0) {
        look_attribute(scan);
    } else if (word_in(word, words)) {
        refuse(scan, word, "this word may not be used");
    } else {
        for (const char *const *f = families; *f != NULL; f++)
            if (starts(word, *f))
                refuse(scan, word, "this word may not be used");
    }
    free(word);
}

static const char *skip_quoted(const char *p)
{
    char quote = *p++;

    for (; *p != '\0' && *p != quote && *p != '\n'; p++)
        p += *p == '\\' && p[1] != '\0';
    return *p == quote ? p + 1 : p;
}

static void look_line(struct scan *scan, const char *line)
{
    for (scan->p = line; *scan->p != '\0'; ) {
        size_t len = word_len(scan->p);

        if (len > 0) {
            look_word(scan, len);
        } else if (*scan->p == '"' || *scan->p == '\'') {
            scan->p = skip_quoted(scan->p);
        } else if (isdigit((unsigned char)*scan->p)) {
            scan->p += strspn(scan->p,
                              "0123456789abcdefABCDEFxXuUlLpP.");
        } else {
            if (scan->p[0] == '['
                && scan->p[1 + strspn(scan->p + 1, " \t\n")] == '[')
                refuse(scan, "[[", "attributes have another form here");
            scan->p++;
        }
    }
}

/* Collect the lines that are the learner's, and look at them as one
 * text, so that nothing is torn at a line's end. */
void gate_text(const struct work *work, const struct source *source,
               const char *text, json_t *gate)
{
    struct scan scan = {.source = source, .gate = gate};
    struct text own = {0};
    bool mine = false;

    text_add(&own, "", 0);
    for (const char *p = text; *p != '\0'; ) {
        size_t len = strcspn(p, "\n");

        if (p[0] == '#' && p[1] == ' '
            && isdigit((unsigned char)p[2])) {
            const char *name = memchr(p, '"', len);
            mine = false;
            for (size_t i = 0; name != NULL && i < work->len; i++) {
                size_t n = strlen(work->sources[i].name);
                mine |= !work->sources[i].given && name[n + 1] == '"'
                        && strncmp(name + 1, work->sources[i].name, n)
                               == 0;
            }
        } else if (mine && p[strspn(p, " \t")] == '#') {
            gate_add(gate, "#pragma", "%s: no such directive here",
                     source->name);
        } else if (mine) {
            text_add(&own, p, len);
            text_add(&own, "\n", 1);
        }
        p += len + (p[len] == '\n');
    }
    look_line(&scan, own.s);
    text_clear(&own);
}
