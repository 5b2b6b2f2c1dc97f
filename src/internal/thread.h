/* thread.h - what a thread and a runtime hold (internal) */
#ifndef COILI_THREAD_H
#define COILI_THREAD_H

#include "coil/object.h"
#include "coil/runtime.h"

/* structures that coil_thread needs */

struct coil_thread {
    coil_runtime *runtime;
    coil_error error;               /* kind NULL: nothing pending */
    /* members of coil_thread */
    unsigned releasing;             /* releases now on the C stack */
    coil_obj *waiting;              /* dead, contents not yet dropped */
    unsigned depth;                 /* of nested questions */
};

/* structures that coil_runtime needs */
struct coili_census_row {
    coil_type *type;
    size_t live;
};

struct coili_str;
struct coil_runtime {
    coil_options options;           /* with the defaults filled in */
    coil_thread main;               /* the thread that opened it */
    /* members of coil_runtime */
    size_t fail_in;                 /* requests until one must fail */
    bool failed;                    /* it did */
    struct coili_census_row *census;    /* row 0 is not used */
    size_t census_rows;
    struct coili_str **names;       /* NULL or an interned str, borrowed */
    size_t names_len, names_cap;    /* cap is a power of two, or 0 */
};

extern _Thread_local coil_thread *coili_thread
    __attribute__((tls_model("initial-exec")));

#endif
