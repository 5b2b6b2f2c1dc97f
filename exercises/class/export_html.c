/* export_html.c - a page for each person
 *
 * No script, nothing from elsewhere, a status in words beside its
 * color, headings and tables that a reader aloud can follow.
 */
#define _XOPEN_SOURCE 700
#include "export.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
"<meta charset=\"utf-8\">\n"
"<meta name=\"viewport\" content=\"width=device-width\">\n"
"<meta http-equiv=\"Content-Security-Policy\" "
"content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<style>\n"
":root { color-scheme: light dark; }\n"
"body { font: 1rem/1.5 serif; max-width: 50rem; margin: 2rem auto; "
"padding: 0 1rem; }\n"
"pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .5rem; "
"border: 1px solid; }\n"
"table { border-collapse: collapse; }\n"
"th, td { text-align: left; padding: .2rem .8rem .2rem 0; "
"border-bottom: 1px solid; }\n"
"td.number { text-align: right; }\n</style>\n<title>";

static void put_element(struct bytes *b, const char *open,
                        const char *text, const char *close)
{
    bytes_print(b, "%s", open);
    put_escaped(b, text);
    bytes_print(b, "%s", close);
}

static void put_check(struct bytes *b, const struct graded *g,
                      const json_t *check)
{
    double earned, most;

    check_points(g->report, check, &earned, &most);
    put_element(b, "<tr><th scope=\"row\">", json_text(check, "name"),
                "</th>");
    put_element(b, "<td>", json_text(check, "says"), "</td>");
    put_element(b, "<td>", json_text(check, "status"), "</td>");
    bytes_print(b, "<td class=\"number\">%.4g of %.4g</td></tr>\n",
                earned, most);
}

static void put_checks(struct bytes *b, const struct graded *g)
{
    const json_t *checks = json_object_get(g->report, "checks"), *check;
    size_t i;

    if (json_array_size(checks) == 0)
        return;
    bytes_print(b, "<table>\n<caption>The checks</caption>\n<thead><tr>"
                "<th scope=\"col\">Check</th><th scope=\"col\">What it "
                "says</th><th scope=\"col\">Status</th>"
                "<th scope=\"col\">Points</th></tr></thead>\n"
                "<tbody>\n");
    json_array_foreach(checks, i, check)
        put_check(b, g, check);
    bytes_print(b, "</tbody>\n</table>\n");
    json_array_foreach(checks, i, check) {
        struct bytes text = {0};

        if (strcmp(json_text(check, "status"), "pass") == 0)
            continue;
        feedback_check(&text, check);
        put_element(b, "<h3>", json_text(check, "name"), "</h3>\n");
        put_element(b, "<pre>", text.at, "</pre>\n");
        bytes_clear(&text);
    }
}

static void put_exercise(struct bytes *b, const struct graded *g)
{
    struct bytes text = {0};
    char when[TIME_TEXT];

    put_element(b, "<section>\n<h2>", g->exercise, "</h2>\n");
    if (g->counts || g->overridden)
        bytes_print(b, "<p><strong>%.4g of %.4g points</strong></p>\n",
                    g->score, g->points);
    else
        bytes_print(b, "<p>Nothing has been judged.</p>\n");
    if (g->overridden)
        put_element(b, "<p>The teacher gave these points: ", g->reason,
                    "</p>\n");
    if (g->counts) {
        time_text(g->received, when);
        bytes_print(b, "<p>Handed in at %s. ", when);
        if (g->late)
            bytes_print(b, "It was late; %.4g of %.4g points are taken "
                        "off. ", g->penalty, g->raw);
        put_element(b, "Status: ", g->status, ".</p>\n");
        feedback_head(&text, g->report);
        if (text.len)
            put_element(b, "<pre>", text.at, "</pre>\n");
        put_checks(b, g);
    }
    bytes_print(b, "</section>\n");
    bytes_clear(&text);
}

struct pages {
    const char *out;
    char *title;
    int64_t person;             /* whose page is open; 0: none */
    char *path;
    struct bytes page;
};

static int end_page(struct pages *p, struct fault *fault)
{
    int rv = 0;

    if (p->person) {
        bytes_print(&p->page, "</main>\n</body>\n</html>\n");
        rv = text_file(&p->page, p->path, fault);
    }
    bytes_clear(&p->page);
    free(p->path);
    p->path = NULL;
    p->person = 0;
    return rv;
}

static int put_grade(void *context, const struct graded *g,
                     struct fault *fault)
{
    struct pages *p = context;

    if (g->person != p->person) {
        if (end_page(p, fault) < 0)
            return -1;
        char *stem = safe_name(g->person, g->name);

        p->person = g->person;
        p->path = must_print("%s/%s.html", p->out, stem);
        free(stem);
        bytes_print(&p->page, "%s", head);
        put_escaped(&p->page, g->name);
        put_element(&p->page, " - ", p->title,
                    "</title>\n</head>\n<body>\n<main>\n");
        put_element(&p->page, "<h1>", g->name, "</h1>\n");
    }
    put_exercise(&p->page, g);
    return 0;
}

int export_html(struct class *c, const char *out, struct fault *fault)
{
    struct pages p = {.out = out};
    int rv;

    if (folder_make(out, 0700, fault) < 0)
        return -1;
    p.title = store_get(c->store, "title", "Coil");
    rv = each_grade(c, true, c->o->exercise, put_grade, &p, fault);
    if (end_page(&p, fault) < 0)
        rv = -1;
    free(p.title);
    return rv;
}
