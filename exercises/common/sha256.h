/* sha256.h - SHA-256, as nettle has it, and how we write it
 *
 *     sha256_init(&sha);
 *     sha256_update(&sha, len, bytes);
 *     sha256_hex(&sha, hex);
 *
 * Threads: none.
 */
#ifndef COIL_COMMON_SHA256_H
#define COIL_COMMON_SHA256_H

#include <nettle/sha2.h>

/* sha256_hex - the digest as 64 digits; `sha` is as new afterwards */
void sha256_hex(struct sha256_ctx *sha, char hex[65]);
#endif
