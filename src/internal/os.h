/* os.h - what the library asks of the operating system (internal) */
#ifndef COILI_OS_H
#define COILI_OS_H

#include "coil/base.h"

uint64_t coili_os_entropy(void);      /* never 0 */
/* later questions to the operating system */
/* coili_os_reserve  - addresses for size bytes, without memory; NULL if
 *                     there are not so many
 * coili_os_release  - give them back, with the memory that they have
 * coili_os_commit   - let the pages that hold these bytes be used; new
 *                     ones are zero.  0 or -1
 * coili_os_discard  - give back the memory of the whole pages among
 *                     these bytes, which are then zero
 * coili_os_uncommit - give back the memory of these pages, which are
 *                     then only reserved
 * coili_os_prefer_huge - a hint: all of these pages will be used soon
 */
COIL_NEW void *coili_os_reserve(size_t size);
void coili_os_release(void *p, size_t size);
COIL_NEW int coili_os_commit(void *p, size_t size);
void coili_os_discard(void *p, size_t size);
void coili_os_uncommit(void *p, size_t size);
void coili_os_prefer_huge(void *p, size_t size);

#endif
