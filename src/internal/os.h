/* os.h - what the library asks of the operating system (internal) */
#ifndef COILI_OS_H
#define COILI_OS_H

#include "coil/base.h"

uint64_t coili_os_entropy(void);      /* never 0 */
#endif
