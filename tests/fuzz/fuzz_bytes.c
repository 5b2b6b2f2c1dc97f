#include "fuzz_bytes.h"

static const uint8_t *input;
static size_t input_len;
static uint64_t state;          /* of the generator */

unsigned byte(void)
{
    if (input_len > 0) {
        input_len--;
        return *input++;
    }
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 32) & 255;
}

void bytes_begin(const uint8_t *bytes, size_t size)
{
    input = bytes;
    input_len = size;
    state = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        state = (state ^ bytes[i]) * UINT64_C(0x100000001b3);
}
