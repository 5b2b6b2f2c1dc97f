/* heap.c - a graph from the learner's process, before anybody draws it
 *
 * What coil_dump_graph writes has names, texts, edges and three kinds
 * of attributes.  Everything else, such as links, images and scripts
 * that a drawer may follow, is refused, and so is all that is no UTF-8.
 */
#include <ctype.h>
#include <string.h>

#include "gate.h"
#include "play.h"

static const char *const names[] = {
    "digraph", "objects", "rankdir", "LR", "shape", "box", "plaintext",
    "label", "style", "dashed", "dotted", "bold", "color", "gray", NULL
};

/* The length of the UTF-8 character at p, or 0. */
static size_t utf8(const char *p, size_t len)
{
    unsigned char c = (unsigned char)*p;
    size_t n = c < 0x80                ? 1
               : c >= 0xc2 && c < 0xe0 ? 2
               : c >= 0xe0 && c < 0xf0 ? 3
               : c >= 0xf0 && c < 0xf5 ? 4
                                       : 0;

    if (n > len || (n == 1 && c < 0x20) || c == 0x7f)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)p[i] & 0xc0) != 0x80)
            return 0;
    return n;
}

/* The length of the text in quotes at p, or 0. */
static size_t quoted(const char *p, size_t len)
{
    size_t i = 1;

    while (i < len && p[i] != '"') {
        size_t n = utf8(p + i, len - i);

        if (n == 0)
            return 0;
        if (p[i] == '\\') {
            if (i + 1 >= len || strchr("n\"\\lr", p[i + 1]) == NULL)
                return 0;
            n = 2;
        }
        i += n;
    }
    return i < len ? i + 1 : 0;
}

static size_t word(const char *p, size_t len)
{
    char name[24];
    size_t n = 0;

    while (n < len && isalnum((unsigned char)p[n]))
        n++;
    if (n == 0 || n >= sizeof name)
        return 0;
    memcpy(name, p, n);
    name[n] = '\0';
    if (name[0] == 'o' && n > 1
        && strspn(name + 1, "0123456789") == n - 1)
        return n;
    return word_in(name, names) ? n : 0;
}

bool heap_check(const char *text, size_t len)
{
    static const char head[] = "digraph objects {\n";
    size_t i = sizeof head - 1, depth = 1;

    if (len < i + 2 || strncmp(text, head, i) != 0
        || memcmp(text + len - 2, "}\n", 2) != 0)
        return false;
    while (i < len) {
        size_t n = 1;

        if (text[i] == '"')
            n = quoted(text + i, len - i);
        else if (isalnum((unsigned char)text[i]))
            n = word(text + i, len - i);
        else if (text[i] == '}')
            n = depth-- == 1 && i + 2 == len;
        else if (text[i] == '\0'
                 || strchr(" \n[]=,;->", text[i]) == NULL)
            n = 0;
        if (n == 0)
            return false;
        i += n;
    }
    return depth == 0;
}
