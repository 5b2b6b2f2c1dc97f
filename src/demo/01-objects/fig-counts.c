#include <stdio.h>
#include <string.h>

#include <coil/coil.h>

/* when: a type that speaks when it goes */
struct noisy {
    coil_obj head;
    coil_obj *name;             /* owned */
};

static void noisy_finalize(coil_obj *self)
{
    printf("gone: ");
    coil_print(stdout, ((struct noisy *)self)->name);
    printf("\n");
}

static void noisy_release(coil_obj *self)
{
    COIL_CLEAR(((struct noisy *)self)->name);
}

static coil_type noisy_type = {
    .head = COIL_TYPE_HEAD, .name = "Noisy",
    .size = sizeof(struct noisy),
    .finalize = noisy_finalize, .release = noisy_release,
};

static coil_obj *noisy_new(const char *name)
{
    coil_obj *text = coil_str_from(name);
    struct noisy *self = text ? coil_object_new(&noisy_type) : NULL;

    if (self == NULL) {
        coil_decref(text);
        return NULL;
    }
    self->name = text;
    return &self->head;
}

/* fig-counts: a row for each statement */
/* References to the object of this name; o is what a variable holds. */
static unsigned count_of(const char *name, coil_obj *o)
{
    struct noisy *self = (struct noisy *)o;

    return o != NULL && strcmp(name,
        coil_str_bytes_borrowed(self->name, NULL)) == 0
            ? (unsigned)coil_count(o) : 0;
}

static void begin_row(const char *statement)
{
    printf("<tr><td align=\"left\">%s</td><td align=\"left\">"
           "<font color=\"#8a4b2a\"> ", statement);
}

static void end_row(coil_obj *a, coil_obj *b)
{
    static const char *const names[] = { "first", "second" };
    static unsigned before[2];

    printf("</font></td>");
    for (int i = 0; i < 2; i++) {
        unsigned count = count_of(names[i], a ? a : b);

        printf("<td>");
        if (count > 0 || before[i] > 0)
            printf("%u", count);
        printf("</td>");
        before[i] = count;
    }
    printf("</tr>\n");
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = NULL, *b = NULL;

    /* fig-counts: begin the table */
    printf("digraph counts {\n  program [shape=plain, fontsize=9,"
           " fontname=\"JetBrains Mono\",\n    label=<<table"
           " border=\"0\" cellspacing=\"0\" cellpadding=\"3\">\n"
           "<tr><td width=\"150\"></td><td width=\"100\"></td>"
           "<td width=\"50\">first</td><td width=\"50\">second</td>"
           "</tr><hr/>\n");
    /* fig-counts: the statements of the first page, each in its row */
    begin_row("a = Noisy(\"first\")");
    a = noisy_new("first");
    end_row(a, b);
    begin_row("b = a");
    b = coil_incref(a);
    end_row(a, b);
    begin_row("del a");
    COIL_CLEAR(a);
    end_row(a, b);
    begin_row("del b");
    COIL_CLEAR(b);
    end_row(a, b);
    begin_row("a = Noisy(\"second\")");
    a = noisy_new("second");
    end_row(a, b);
    begin_row("a = None");
    COIL_CLEAR(a);
    end_row(a, b);
    printf("</table>>];\n}\n");
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
