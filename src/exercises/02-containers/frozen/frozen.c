#include "frozen.h"

struct frozen {
    coil_obj head;
    coil_obj *set;              /* owned; nobody else has it */
};

coil_type frozen_type = {
    .head = COIL_TYPE_HEAD, .name = "frozenset",
    .size = sizeof(struct frozen),
};

coil_obj *frozen_new(coil_obj *o)
{
    (void)o;
    return coil_object_new(&frozen_type);
}

bool frozen_check(coil_obj *o)
{
    return coil_is(o, &frozen_type);
}

size_t frozen_len(coil_obj *frozen)
{
    (void)frozen;
    return 0;
}

int frozen_has(coil_obj *frozen, coil_obj *item)
{
    (void)frozen, (void)item;
    return 0;
}
