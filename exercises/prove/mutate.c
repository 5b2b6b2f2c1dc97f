/* mutate.c - by tokens: operators, constants, statements, references,
 * checks
 *
 * A mutant differs from the text in one place.  Declarations are left
 * alone: what stands outside of functions, and statements that begin
 * with a type, have no statement to drop.
 */
#include "mutate.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct token {
    size_t from, len;
    int line, column;
    int depth;                  /* of braces around it */
};

struct text_of {
    const char *file, *text;
    struct token *tokens;
    size_t len;
    struct mutant *mutants;
    size_t made;
};

/* ---- tokens ------------------------------------------------------ */
static size_t skip(const char *p)
{
    const char *end;

    if (p[0] == '/' && p[1] == '*')
        return (end = strstr(p + 2, "*/")) ? (size_t)(end + 2 - p)
                                           : strlen(p);
    if ((p[0] == '/' && p[1] == '/') || *p == '#')
        return strcspn(p, "\n");
    return isspace((unsigned char)*p) ? 1 : 0;
}

static size_t token_len(const char *p)
{
    static const char *const long_ones[] = {
        "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=",
        "==",
        "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
        "^=",
    };
    size_t n = 0;

    while (isalnum((unsigned char)p[n]) || p[n] == '_')
        n++;
    if (n > 0)
        return n;
    if (*p == '"' || *p == '\'') {
        for (n = 1; p[n] != '\0' && p[n] != *p; n++)
            n += p[n] == '\\';
        return n + 1;
    }
    for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++)
        if (strncmp(p, long_ones[i], strlen(long_ones[i])) == 0)
            return strlen(long_ones[i]);
    return 1;
}

static void tokenize(struct text_of *t)
{
    int line = 1, depth = 0;
    size_t start = 0;           /* of the line */

    for (size_t i = 0; t->text[i] != '\0'; ) {
        size_t n = skip(t->text + i);
        bool blank = n > 0;

        n = blank ? n : token_len(t->text + i);
        depth -= !blank && t->text[i] == '}';
        if (!blank) {
            t->tokens = need_resize(t->tokens, t->len + 1,
                                    sizeof *t->tokens);
            t->tokens[t->len++] = (struct token){
                i, n, line, (int)(i - start) + 1, depth};
        }
        depth += !blank && t->text[i] == '{';
        for (size_t k = i; k < i + n; k++) {
            if (t->text[k] == '\n') {
                start = k + 1;
                line++;
            }
        }
        i += n;
    }
}

static bool is(const struct text_of *t, size_t i, const char *word)
{
    return i < t->len && t->tokens[i].len == strlen(word)
           && strncmp(t->text + t->tokens[i].from, word, strlen(word))
                  == 0;
}

static bool is_name(const struct text_of *t, size_t i)
{
    unsigned char c = i < t->len
                          ? (unsigned char)t->text[t->tokens[i].from]
                          : 0;

    return isalpha(c) || c == '_';
}

/* ---- mutants ----------------------------------------------------- */
/* Replace the tokens from first to last. */
static void add(struct text_of *t, size_t first, size_t last,
                const char *with, const char *shown)
{
    const struct token *a = &t->tokens[first], *b = &t->tokens[last];
    struct text says = {0};

    t->mutants = need_resize(t->mutants, t->made + 1,
                             sizeof *t->mutants);
    struct mutant *m = &t->mutants[t->made++];
    *m = (struct mutant){.from = a->from,
                         .len = b->from + b->len - a->from,
                         .with = need(strdup(with))};
    text_put(&says, "%s:%d:%d: ", t->file, a->line, a->column);
    for (size_t i = first; i <= last; i++)
        text_put(&says, "%s%.*s", i > first ? " " : "",
                 (int)t->tokens[i].len, t->text + t->tokens[i].from);
    text_put(&says, " becomes %s", shown);
    m->says = says.s;
}

static void swap_operators(struct text_of *t, size_t i)
{
    static const char *const swaps[][2] = {
        {"<", "<="}, {"<=", "<"}, {">", ">="}, {">=", ">"}, {"==",
         "!="},
        {"!=", "=="}, {"&&", "||"}, {"||", "&&"}, {"+", "-"}, {"-",
         "+"},
        {"+=", "-="}, {"-=", "+="}, {"++", "--"}, {"--", "++"},
    };

    for (size_t k = 0; k < sizeof swaps / sizeof *swaps; k++)
        if (is(t, i, swaps[k][0]))
            add(t, i, i, swaps[k][1], swaps[k][1]);
}

/* A constant is one more; and one less, if it is not zero. */
static void change_constant(struct text_of *t, size_t i)
{
    const struct token *a = &t->tokens[i];
    char *end;
    char more[32];

    if (!isdigit((unsigned char)t->text[a->from]))
        return;
    unsigned long long n = strtoull(t->text + a->from, &end, 0);
    if (end != t->text + a->from + a->len)
        return;
    snprintf(more, sizeof more, "%llu", n + 1);
    add(t, i, i, more, more);
    if (n > 0) {
        snprintf(more, sizeof more, "%llu", n - 1);
        add(t, i, i, more, more);
    }
}

/* The token behind the parenthesis that is opened at i. */
static size_t behind(const struct text_of *t, size_t i)
{
    int depth = 0;

    for (; i < t->len; i++) {
        depth += is(t, i, "(") - is(t, i, ")");
        if (depth == 0)
            return i + 1;
    }
    return i;
}

/* if (x == NULL), if (!x), if (x < 0): never so. */
static void drop_check(struct text_of *t, size_t i)
{
    if (!is(t, i, "if") || !is(t, i + 1, "("))
        return;
    size_t end = behind(t, i + 1);

    if (end < t->len)
        add(t, i + 1, end - 1, "(0)", "(0)");
}

static bool starts_statement(const struct text_of *t, size_t i)
{
    return i > 0 && t->tokens[i].depth > 0
           && (is(t, i - 1, ";") || is(t, i - 1, "{")
               || is(t, i - 1, "}") || is(t, i - 1, ")")
               || is(t, i - 1, "else") || is(t, i - 1, ":"));
}

/* Assignments, calls and jumps may be dropped; a return that gives the
 * value may not, as what follows would have none. */
static void drop_statement(struct text_of *t, size_t i)
{
    size_t end = i;
    bool plain = is_name(t, i) || is(t, i, "*") || is(t, i, "++")
                 || is(t, i, "--") || is(t, i, "(");
    static const char *const no[] = {
        "if", "for", "while", "do", "switch", "return", "else", "case",
        "default", "goto", "static", "const", "struct", "enum", "int",
        "size_t", "bool", "char", "void", "unsigned", "long", NULL
    };

    if (!plain || !starts_statement(t, i))
        return;
    for (const char *const *n = no; *n != NULL; n++)
        if (is(t, i, *n))
            return;
    if (is_name(t, i) && (is_name(t, i + 1) || (is(t, i + 1, "*")
                                                && is_name(t, i + 2))))
        return;                 /* a declaration */
    if (is(t, i + 1, ":"))
        return;                 /* a label */
    while (end < t->len && !is(t, end, ";") && !is(t, end, "{")
           && !is(t, end, "}"))
        end++;
    if (is(t, end, ";"))
        add(t, i, end, ";", "nothing");
}

struct mutant *mutants_of(const char *file, const char *text,
                          size_t *len)
{
    struct text_of t = {.file = file, .text = text};

    tokenize(&t);
    for (size_t i = 0; i < t.len; i++) {
        if (t.tokens[i].depth > 0) {
            swap_operators(&t, i);
            change_constant(&t, i);
            drop_check(&t, i);
            drop_statement(&t, i);
        } else if (!is(&t, i, "-")) {
            change_constant(&t, i);
        }
    }
    free(t.tokens);
    *len = t.made;
    return t.mutants;
}

void mutants_clear(struct mutant *mutants, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        free(mutants[i].with);
        free(mutants[i].says);
    }
    free(mutants);
}

void mutant_text(const struct mutant *mutant, const char *text,
                 struct text *out)
{
    text_add(out, text, mutant->from);
    text_put(out, "%s", mutant->with);
    text_put(out, "%s", text + mutant->from + mutant->len);
}
