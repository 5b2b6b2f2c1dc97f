#include <ctype.h>
#include <stdio.h>

#include <coil/coil.h>

enum { WANTED = 10 };

/* fig-guard: bytes and what they are for */
static void draw_bytes(const unsigned char *p, size_t n)
{
    printf("<tr>");
    for (size_t i = 0; i < n; i++) {
        printf("<td width=\"14\" bgcolor=\"%s\">"
               "<font face=\"JetBrains Mono\" point-size=\"7\">",
               p[i] == 0xfd ? "#e9eef3" : "white");
        printf(isalpha(p[i]) ? "%c" : "%02x", p[i]);
        printf("</font></td>");
    }
    printf("</tr>\n");
}

static void draw_parts(void)
{
    static const struct { int size; const char *name; } part[] = {
        { 8, "the size" }, { 1, "" }, { 7, "forbidden" },
        { WANTED, "the client's" }, { 8, "forbidden" },
    };

    printf("<tr><td border=\"0\" height=\"3\"></td></tr>\n<tr>");
    for (int i = 0; i < 5; i++)
        printf("<td sides=\"LBR\" height=\"5\" colspan=\"%d\"></td>",
               part[i].size);
    printf("</tr>\n<tr>");
    for (int i = 0; i < 5; i++)
        printf("<td border=\"0\" colspan=\"%d\">%s</td>",
               part[i].size, part[i].name);
    printf("</tr>\n");
}

int main(void)
{
    coil_options options = { .pools = COIL_POOLS_GUARD };
    coil_runtime *rt = coil_runtime_open(&options);
    unsigned char *p = coil_memory_alloc(WANTED);

    printf("digraph guard {\n  block [shape=plain, fontsize=8,\n"
           "    label=<<table border=\"0\" cellborder=\"1\""
           " cellspacing=\"0\" cellpadding=\"1\">\n"
           "<tr><td border=\"0\" colspan=\"16\"></td><td border=\"0\""
           " colspan=\"%d\" align=\"left\">↓ what the client gets</td>"
           "</tr>\n", WANTED);
    draw_bytes(p - 16, 16 + WANTED + 8);
    draw_parts();
    printf("</table>>];\n}\n");
    coil_memory_free(p, WANTED);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
