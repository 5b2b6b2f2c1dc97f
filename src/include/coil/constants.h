/* constants.h - None, True, False
 *
 * Immortal: counting them is allowed and does nothing, so a function
 * may return one as new without a thought.
 *
 *     return coil_bool(a < b);
 */
#ifndef COIL_CONSTANTS_H
#define COIL_CONSTANTS_H

#include "coil/object.h"

extern coil_type coil_none_type, coil_bool_type;
extern coil_obj coil_none_object;
#define COIL_NONE (&coil_none_object)
#define COIL_TRUE coil_bool(true)
#define COIL_FALSE coil_bool(false)

/* coil_bool - True or False */
coil_obj *coil_bool(bool truth);
#endif
