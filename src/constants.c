#include "coil/constants.h"
#include "internal/int_layout.h"

/* constants: none */
static int none_repr(coil_obj *self, coil_text *out)
{
    (void)self;
    return coil_text_add(out, "None");
}

static int none_truth(coil_obj *self)
{
    (void)self;
    return 0;
}

coil_type coil_none_type = {
    .head = COIL_TYPE_HEAD, .name = "NoneType",
    .size = sizeof(coil_obj), .repr = none_repr, .truth = none_truth,
};

coil_obj coil_none_object = COIL_HEAD(&coil_none_type);

/* constants: bool */
static int bool_repr(coil_obj *self, coil_text *out)
{
    return coil_text_add(out,
        coili_int_of(self) ? "True" : "False");
}

coil_type coil_bool_type = {
    .head = COIL_TYPE_HEAD, .name = "bool",
    .size = sizeof(struct coili_int), .repr = bool_repr,
    .hash = coili_int_hash, .equal = coili_int_equal,
    .truth = coili_int_truth,
};

coil_obj *coil_bool(bool truth)
{
    static struct coili_int objects[] = {
        { COIL_HEAD(&coil_bool_type), 0 },
        { COIL_HEAD(&coil_bool_type), 1 },
    };

    return &objects[truth].head;
}
