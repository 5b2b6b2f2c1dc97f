#include <stdio.h>

#include <coil/coil.h>

#include "internal/iter.h"

/* fig-skip: a row of elements */
static coil_obj *step(coil_obj *it)
{
    coil_obj *item = NULL;

    coil_next(it, &item);
    return item;
}

static void draw_element(coil_obj *item, coil_obj **seen)
{
    printf("<td width=\"36\" bgcolor=\"%s\">",
           item == seen[0] || item == seen[1] ? "#e9eef3" : "white");
    coil_print(stdout, item);
    printf("</td>");
}

static void draw(const char *when, coil_obj *list, coil_obj *it,
                 coil_obj **seen)
{
    size_t at = coili_iter_of(it)->at;
    coil_obj *next = step(it);

    printf("<tr><td border=\"0\" colspan=\"%zu\"></td>"
           "<td border=\"0\">at %zu<br/>↓</td></tr>\n<tr>"
           "<td border=\"0\" width=\"70\">%s</td>", at + 1, at, when);
    for (size_t i = 0; i < coil_list_len(list); i++)
        draw_element(coil_list_get_borrowed(list, i), seen);
    for (size_t i = coil_list_len(list); i < 4; i++)
        printf("<td border=\"0\"></td>");
    printf("<td border=\"0\" width=\"70\">next: ");
    coil_print(stdout, next);
    printf("</td></tr>\n");
    coil_decref(next);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *list = coil_list_new(), *before, *after, *seen[2];

    for (const char *p = "abcd"; *p != '\0'; p++)
        coil_list_append_steal(list, coil_str_new(p, 1));
    /* fig-skip: two iterators that have seen two elements */
    before = coil_iter(list);
    after = coil_iter(list);
    for (int i = 0; i < 2; i++) {
        seen[i] = step(before);
        coil_decref(step(after));
    }
    printf("digraph skip {\n  rows [shape=plain, label=<<table"
           " border=\"0\" cellborder=\"1\" cellspacing=\"0\">\n");
    draw("before", list, before, seen);
    printf("<tr><td border=\"0\" height=\"8\"></td></tr>\n");
    coil_list_delete(list, 0);
    draw("a deleted", list, after, seen);
    printf("</table>>];\n}\n");
    coil_decref(seen[0]);
    coil_decref(seen[1]);
    coil_decref(before);
    coil_decref(after);
    coil_decref(list);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
