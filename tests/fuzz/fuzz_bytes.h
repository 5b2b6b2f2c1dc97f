/* fuzz_bytes.h - the bytes of an input, one after another
 *
 * Short inputs go as deep as long ones: where the bytes end, a
 * generator goes on that they seed.
 */
#ifndef FUZZ_BYTES_H
#define FUZZ_BYTES_H

#include <stddef.h>
#include <stdint.h>

void bytes_begin(const uint8_t *bytes, size_t size);
unsigned byte(void);

#endif
