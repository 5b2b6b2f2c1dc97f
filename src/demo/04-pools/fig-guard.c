#include <ctype.h>
#include <stdio.h>

#include <coil/coil.h>

enum { WANTED = 10 };

/* fig-guard: a row of bytes */
static void draw(const char *where, const unsigned char *p, size_t n)
{
    printf("<tr><td border=\"0\" width=\"70\">%s</td>", where);
    for (size_t i = 0; i < n; i++) {
        printf("<td width=\"17\" bgcolor=\"%s\">"
               "<font face=\"JetBrains Mono\" point-size=\"8\">",
               p[i] == 0xfd ? "#e9eef3" : "white");
        printf(isalpha(p[i]) ? "%c" : "%02x", p[i]);
        printf("</font></td>");
    }
    printf("</tr>\n");
}

int main(void)
{
    coil_options options = { .pools = COIL_POOLS_GUARD };
    coil_runtime *rt = coil_runtime_open(&options);
    unsigned char *p = coil_memory_alloc(WANTED);

    printf("digraph guard {\n  block [shape=plain, label=<<table"
           " border=\"0\" cellborder=\"1\" cellspacing=\"0\">\n");
    draw("in front", p - 16, 16);
    draw("the client's", p, WANTED);
    draw("behind", p + WANTED, 8);
    printf("</table>>];\n}\n");
    coil_memory_free(p, WANTED);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
