#include <stdio.h>

#include <coil/coil.h>

static coil_type bare_type = {
    .head = COIL_TYPE_HEAD, .name = "object", .size = sizeof(coil_obj),
};

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *a = coil_object_new(&bare_type), *c;
    coil_obj *b = coil_object_new(&bare_type), *d;
    uintptr_t where[] = { (uintptr_t)a, (uintptr_t)b };

    coil_decref(a);
    coil_decref(b);
    c = coil_object_new(&bare_type);
    d = coil_object_new(&bare_type);
    printf("last out, first in: %s\n", (uintptr_t)d == where[0] &&
           (uintptr_t)c == where[1] ? "True" : "False");
    coil_decref(c);
    coil_decref(d);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
