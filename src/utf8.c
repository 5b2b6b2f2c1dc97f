#include "internal/str_layout.h"

int32_t coili_utf8_next(const char **p, const char *end)
{
    static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *b = (const unsigned char *)*p;
    int n = b[0] < 0x80 ? 1 : b[0] < 0xc2 ? 0 : b[0] < 0xe0 ? 2
          : b[0] < 0xf0 ? 3 : b[0] < 0xf5 ? 4 : 0;
    int32_t c = n == 1 ? b[0] : b[0] & (0x7f >> n);

    if (n == 0 || end - *p < n)
        return -1;
    for (int i = 1; i < n; i++) {
        if ((b[i] & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (b[i] & 0x3f);
    }
    if (c < least[n] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
        return -1;
    *p += n;
    return c;
}

/* utf8: what is printable? */
static const int32_t hidden[][2] = {
    { 0x0, 0x1f }, { 0x7f, 0xa0 }, { 0xad, 0xad }, { 0x600, 0x605 },
    { 0x61c, 0x61c }, { 0x6dd, 0x6dd }, { 0x70f, 0x70f },
    { 0x890, 0x891 }, { 0x8e2, 0x8e2 }, { 0x1680, 0x1680 },
    { 0x180e, 0x180e }, { 0x2000, 0x200f }, { 0x2028, 0x202f },
    { 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0xe000, 0xf8ff },
    { 0xfeff, 0xfeff }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff },
    { 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f },
    { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe007f },
    { 0xf0000, 0x10ffff },
};

bool coili_printable(int32_t c)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (c <= hidden[i][1])
            return c < hidden[i][0];
    return true;
}
