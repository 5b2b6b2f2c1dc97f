/* faults.h - an operation with each of its allocations failing
 *
 * After each pass the collector's tables are validated.  An operation
 * that fails must have set MemoryError and nothing else.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include "internal/gc.h"
#include "support/coil_test.h"

#define OUT_OF_MEMORY() CHECK_ERROR(COIL_MEMORY_ERROR, "out of memory")

/* Each pass of an operation that returns a new object. */
#define CHECK_NEW_FAULTS(call)                                  \
    FOR_EACH_FAULT(at_) {                                       \
        coil_obj *result = (coil_obj *)(call);                  \
                                                                \
        coili_gc_validate();                                    \
        if (fault_fired()) {                                    \
            CHECK_NULL(result);                                 \
            OUT_OF_MEMORY();                                    \
            continue;                                           \
        }                                                       \
        CHECK(at_ >= 1);                                        \
        coil_decref(MUST(result));                              \
    }

/* Each pass of an operation that returns 0, and may be done again. */
#define CHECK_OK_FAULTS(call)                                   \
    FOR_EACH_FAULT(at_) {                                       \
        int rv = (call);                                        \
                                                                \
        coili_gc_validate();                                    \
        if (fault_fired()) {                                    \
            CHECK_INT(rv, -1);                                  \
            OUT_OF_MEMORY();                                    \
            continue;                                           \
        }                                                       \
        CHECK_INT(rv, 0);                                       \
    }
#endif
