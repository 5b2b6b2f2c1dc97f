/* base.h - marks, checks, and the standard headers they need
 *
 * Ownership marks stand on prototypes; the words new, borrowed, steals
 * and keeps have the meanings given in chapter 1.  Results are new and
 * arguments borrowed unless the name or a mark says otherwise.
 *
 * Threads: no state.
 */
#ifndef COIL_BASE_H
#define COIL_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* base: marks */
#define COIL_NEW __attribute__((warn_unused_result))
#define COIL_BORROWED            /* a result that is not yours */
#define COIL_STEALS              /* an argument the callee owns */
#define COIL_PRINTF(at, from) \
    __attribute__((format(printf, at, from)))

/* base: checks */
/* The caller's fault: always checked, unless the whole library was
 * built with COIL_NO_CHECKS. */
#ifdef COIL_NO_CHECKS
#define COIL_CHECK(cond) ((void)(0 && (cond)))
#else
#define COIL_CHECK(cond) \
    ((cond) ? (void)0 \
            : coil_check_failed("checked error", #cond, __func__))
#endif

/* Our fault: checked in all builds but those with NDEBUG. */
#ifdef NDEBUG
#define COIL_ASSERT(cond) ((void)(0 && (cond)))
#else
#define COIL_ASSERT(cond) \
    ((cond) ? (void)0 \
            : coil_check_failed("internal error", #cond, __func__))
#endif

__attribute__((noreturn, cold))
void coil_check_failed(const char *fault, const char *cond,
                       const char *function);

#endif
