#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whole.h"
#include "place.h"

#define WOVEN "build/book/woven/"

/* What stands in the n-th pair of braces after `text`, from 0;
 * free it. */
static char *group(const char *text, int n)
{
    const char *begin = NULL;
    int depth = 0;

    for (; *text != '\0' && *text != '\n'; text++) {
        if (*text == '{' && depth++ == 0)
            begin = text + 1;
        if (*text == '}' && --depth == 0 && n-- == 0)
            return must(strndup(begin, (size_t)(text - begin)));
        if (depth < 0)
            break;
    }
    return NULL;
}

/* The page of a label or of a chunk, as TeX wrote it down. */
static char *page_in_aux(const char *label)
{
    char *aux = whole_read(WOVEN "tex/book.aux", NULL);
    char *wanted = format("\\newlabel{%s}{", label);
    char *chunk = format("\\cpos{%s}", label), *page = NULL, *result;
    const char *at;

    if (aux != NULL && (at = strstr(aux, wanted)) != NULL) {
        at += strlen(wanted);   /* {number}{page}... inside one group */
        page = group(at, 1);
    } else if (aux != NULL && (at = strstr(aux, chunk)) != NULL) {
        page = group(at + strlen(chunk), 0);
    }
    result = page && *page ? format("page %s", page) : NULL;
    free(page);
    free(chunk);
    free(wanted);
    free(aux);
    return result;
}

/* Not #include, which has no blank. */
static bool is_heading(const char *text, const char *at)
{
    return *at == '#' && (at == text || at[-1] == '\n') &&
           at[strspn(at, "#")] == ' ';
}

/* The heading in the line before `at`, as words; free it. */
static char *heading(const char *text, const char *at, const char *file)
{
    const char *slash = strrchr(file, '/');
    int chapter = atoi(slash ? slash + 1 : file);

    while (!is_heading(text, at)) {
        if (at == text)
            return NULL;
        at--;
    }
    at += strspn(at, "#");
    at += strspn(at, " ");
    size_t len = strcspn(at, "{\n");

    while (len > 0 && at[len - 1] == ' ')
        len--;
    return format("section \"%.*s\" of chapter %d", (int)len, at,
                  chapter);
}

/* Is the word in this line, which begins at `line`? */
static bool has_word(const char *line, size_t len, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= len; i++)
        if (strncmp(line + i, word, n) == 0 &&
            (i == 0 || isspace((unsigned char)line[i - 1])) &&
            (i + n == len || isspace((unsigned char)line[i + n])))
            return true;
    return false;
}

/* Where the word is in a line which begins so. */
static const char *defined(const char *text, const char *word)
{
    const char *mark = "@ %def", *at = text;

    while ((at = strstr(at, mark)) != NULL) {
        size_t len = strcspn(at, "\n");

        if (has_word(at, len, word))
            return at;
        at += len;
    }
    return NULL;
}

/* Look in the chapters: for {#label}, or for a name's definition. */
static char *in_chapters(const char *label, const char *name)
{
    char *wanted = label ? format("#%s", label) : NULL, *result = NULL;
    glob_t chapters;

    if (glob("book/[0-9][0-9]-*.nw", 0, NULL, &chapters) == 0) {
        for (size_t i = 0; i < chapters.gl_pathc && !result; i++) {
            char *text = whole_read(chapters.gl_pathv[i], NULL);
            const char *at = NULL;

            if (text != NULL)
                at =
                    wanted ? strstr(text, wanted) : defined(text, name);
            if (at != NULL) {
                if (wanted != NULL)
                    at++;       /* the line's #, not its own */
                result = heading(text, at, chapters.gl_pathv[i]);
            }
            free(text);
        }
        globfree(&chapters);
    }
    free(wanted);
    return result;
}

char *page_of(const char *label)
{
    char *page = page_in_aux(label);

    return page ? page : in_chapters(label, NULL);
}

/* The chunk that defines a name: \midef{139}{coil\_list}{LABEL} */
static char *defining_chunk(const char *name)
{
    char *tex = whole_read(WOVEN "book.tex", NULL), *label = NULL;
    const char *at = tex;

    while (label == NULL && at &&
           (at = strstr(at, "\\midef{")) != NULL) {
        char *escaped, *to;

        at += strlen("\\midef");
        escaped = group(at, 1);
        to = escaped;
        for (char *from = escaped; from && *from != '\0'; from++)
            if (*from != '\\')
                *to++ = *from;
        if (to != NULL)
            *to = '\0';
        if (escaped != NULL && strcmp(escaped, name) == 0)
            label = group(at, 2);
        free(escaped);
    }
    free(tex);
    return label;
}

char *page_of_name(const char *name)
{
    char *label = defining_chunk(name);
    char *page = label ? page_in_aux(label) : NULL;

    free(label);
    return page ? page : in_chapters(NULL, name);
}
