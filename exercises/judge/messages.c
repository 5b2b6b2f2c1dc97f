/* messages.c - what a compiler said, for the report */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

enum { MOST_MESSAGES = 20, MOST_CHARS = 400 };

/* The first name in quotes that the book defines. */
static const char *see(const char *text)
{
    const char *found = NULL;

    for (const char *p = text;
         found == NULL && (p = strchr(p, '\''));) {
        size_t len = strspn(++p, "abcdefghijklmnopqrstuvwxyz"
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        char *name = need(strndup(p, len));

        if (len > 0)
            found = section_of(name);
        free(name);
    }
    return found;
}

/* Text of others is cut, and what is no printable text is dropped. */
static json_t *plain(const char *text)
{
    struct text out = {0};

    for (size_t i = 0; text[i] != '\0' && i < MOST_CHARS; i++)
        if (text[i] >= 0x20 && text[i] < 0x7f)
            text_add(&out, text + i, 1);
    json_t *s = json_string(text_chars(&out));
    text_clear(&out);
    return s;
}

static bool is_source(const struct work *work, const char *file)
{
    for (size_t i = 0; i < work->len; i++)
        if (strcmp(work->sources[i].name, file) == 0)
            return true;
    return false;
}

static void say(const struct work *work, json_t *messages,
                const char *kind, const char *text, const char *file,
                json_int_t line, json_int_t column)
{
    json_t *m = json_object();
    const char *section = see(text);

    if (is_source(work, file)) {
        json_object_set_new(m, "file", json_string(file));
        json_object_set_new(m, "line", json_integer(line));
        json_object_set_new(m, "column", json_integer(column));
    }
    json_object_set_new(m, "kind", json_string(kind));
    json_object_set_new(m, "text", plain(text));
    if (section != NULL)
        json_object_set_new(m, "see", json_string(section));
    json_array_append_new(messages, m);
}

/* An array of gcc's. */
static void say_json(const struct work *work, const json_t *all,
                     json_t *messages)
{
    size_t i;
    json_t *one;

    json_array_foreach(all, i, one) {
        const char *kind = "", *text = "", *file = "";
        json_int_t line = 0, column = 0;
        json_t *places = json_object_get(one, "locations");

        json_unpack(one, "{s:s, s:s}", "kind", &kind, "message", &text);
        json_unpack(json_array_get(places, 0), "{s:{s:s, s:I, s:I}}",
                    "caret", "file", &file, "line", &line, "column",
                    &column);
        if (json_array_size(messages) < MOST_MESSAGES
            && (strcmp(kind, "error") == 0
                || strcmp(kind, "warning") == 0
                || strcmp(kind, "fatal error") == 0))
            say(work, messages, kind, text, file, line, column);
    }
}

/* "map.c:12:5: error: text", and the linker's "undefined reference". */
static void say_line(const struct work *work, char *s, json_t *messages)
{
    char file[64] = "", kind[16] = "";
    long long line = 0, column = 0;
    int n = 0;

    if (sscanf(s, "%63[^:]:%lld:%lld: %15[a-z]: %n", file, &line,
               &column, kind, &n)
            == 4
        && n > 0) {
        if (strcmp(kind, "error") == 0 || strcmp(kind, "warning") == 0)
            say(work, messages, kind, s + n, file, line, column);
        return;
    }
    char *text = strstr(s, "undefined reference");
    text = text != NULL ? text : strstr(s, "multiple definition");
    if (text != NULL) {
        for (char *p = text; *p != '\0'; p++)
            *p = *p == '`' ? '\'' : *p;
        say(work, messages, "error", text, "", 0, 0);
    }
}

void say_messages(struct work *work, const char *text, json_t *messages)
{
    char *copy = need(strdup(text)), *rest = copy, *line;

    while ((line = strsep(&rest, "\n")) != NULL
           && json_array_size(messages) < MOST_MESSAGES) {
        json_t *all = line[0] == '[' ? json_loads(line, 0, NULL) : NULL;

        if (all != NULL)
            say_json(work, all, messages);
        else
            say_line(work, line, messages);
        json_decref(all);
    }
    free(copy);
}
