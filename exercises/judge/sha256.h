/* sha256.h - FIPS 180-4; Threads: none */
#ifndef COIL_JUDGE_SHA256_H
#define COIL_JUDGE_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t h[8];
    uint64_t size;              /* bytes so far */
    unsigned char block[64];
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t len);
void sha256_end(struct sha256 *s, char hex[65]);
#endif
