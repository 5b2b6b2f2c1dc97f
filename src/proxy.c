#include "coil/protocol.h"
#include "internal/weak.h"

/* proxy: reaching the object */
coil_obj *coil_proxy_get(coil_obj *proxy)
{
    coil_obj *o;

    COIL_CHECK(proxy != NULL && coil_is(proxy, &coil_proxy_type));
    o = coili_weakref_of(proxy)->object;
    if (o == NULL) {
        coil_error_set(COIL_REFERENCE_ERROR,
                       "weakly-referenced object no longer exists");
        return NULL;
    }
    return coil_incref(o);
}

/* What the proxy stands for, or, of any other object, itself; new. */
static coil_obj *behind(coil_obj *o)
{
    return coil_is(o, &coil_proxy_type) ? coil_proxy_get(o)
                                        : coil_incref(o);
}

/* proxy: questions passed on */
static int proxy_equal(coil_obj *self, coil_obj *other)
{
    coil_obj *a = behind(self), *b = a ? behind(other) : NULL;
    int rv = b != NULL ? coil_equal(a, b) : -1;

    coil_decref(a);
    coil_decref(b);
    return rv;
}

static int proxy_truth(coil_obj *self)
{
    coil_obj *o = behind(self);
    int rv = o != NULL ? coil_truth(o) : -1;

    coil_decref(o);
    return rv;
}

static coil_obj *proxy_iter(coil_obj *self)
{
    coil_obj *o = behind(self);
    coil_obj *it = o != NULL ? coil_iter(o) : NULL;

    coil_decref(o);
    return it;
}

static int proxy_repr(coil_obj *self, coil_text *out)
{
    coil_obj *o = coili_weakref_of(self)->object;

    return coil_text_format(out, "<weakproxy to %s>",
                            o != NULL ? o->type->name : "NoneType");
}

/* proxy: the type */
coil_type coil_proxy_type = {
    .head = COIL_TYPE_HEAD, .name = "weakref.ProxyType",
    .size = sizeof(struct coili_weakref),
    .traverse = coili_weak_traverse, .release = coili_weak_release,
    .repr = proxy_repr, .equal = proxy_equal, .truth = proxy_truth,
    .iter = proxy_iter,
};
