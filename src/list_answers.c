#include "coil/protocol.h"
#include "coil/text.h"
#include "internal/list_layout.h"

/* list: answers */
static int write_list(struct coili_list *l, coil_text *out)
{
    for (size_t i = 0; i < l->len; i++) {
        coil_obj *item = coil_incref(l->items[i]);
        int rv = i > 0 ? coil_text_add(out, ", ") : 0;

        if (rv == 0)
            rv = coil_text_repr(out, item);
        coil_decref(item);
        if (rv < 0)
            return -1;
    }
    return 0;
}

int coili_list_repr(coil_obj *self, coil_text *out)
{
    coil_text_frame frame;
    int rv = -1;

    if (coil_text_enter(out, self, &frame))
        return coil_text_add(out, "[...]");
    if (coil_text_add(out, "[") == 0 &&
        write_list(coili_list_of(self), out) == 0)
        rv = coil_text_add(out, "]");
    coil_text_leave(out, &frame);
    return rv;
}

static int same_item(coil_obj *a, coil_obj *b)
{
    int rv;

    if (a == b)
        return 1;
    coil_incref(a);
    coil_incref(b);
    rv = coil_equal(a, b);
    coil_decref(a);
    coil_decref(b);
    return rv;
}

int coili_list_equal(coil_obj *self, coil_obj *other)
{
    struct coili_list *a = coili_list_of(self);
    struct coili_list *b = coili_list_of(other);
    int rv = 1;

    if (!coil_is(other, &coil_list_type))
        return COIL_UNKNOWN;
    if (a->len != b->len)
        return 0;
    for (size_t i = 0; rv == 1 && i < a->len && i < b->len; i++)
        rv = same_item(a->items[i], b->items[i]);
    return rv == 1 ? a->len == b->len : rv;
}

int coili_list_truth(coil_obj *self)
{
    return coili_list_of(self)->len > 0;
}
