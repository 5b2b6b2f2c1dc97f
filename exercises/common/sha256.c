/* sha256.c - the digest in hexadecimal; nettle does the work */
#include "sha256.h"

#include <nettle/base16.h>

void sha256_hex(struct sha256_ctx *sha, char hex[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_digest(sha, sizeof digest, digest);
    base16_encode_update(hex, sizeof digest, digest);
    hex[64] = '\0';
}
