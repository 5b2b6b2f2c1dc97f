#include <stdio.h>

#include <coil/coil.h>

/* cache: images */
struct image {
    coil_obj head;
    const char *name;
};

static coil_type image_type = {
    .head = COIL_TYPE_HEAD, .name = "Image",
    .size = sizeof(struct image), .weak = true,
};

/* cache: load one, unless it is there */
static coil_obj *load(coil_obj *cache, const char *name)
{
    coil_obj *key = coil_str_from(name), *image;

    if (coil_weak_values_get(cache, key, &image) == 0) {
        printf("loading %s\n", name);
        image = coil_object_new(&image_type);
        ((struct image *)image)->name = name;
        coil_weak_values_set(cache, key, image);
    }
    coil_decref(key);
    return image;
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *cache = coil_weak_values_new(), *a, *b;

    a = load(cache, "sky");
    b = load(cache, "sky");
    printf("shared: %s %zu\n", a == b ? "True" : "False",
           coil_weak_values_len(cache));
    COIL_CLEAR(a);
    printf("still there: %zu\n", coil_weak_values_len(cache));
    COIL_CLEAR(b);
    printf("gone: %zu\n", coil_weak_values_len(cache));
    coil_decref(load(cache, "sky"));
    printf("end: %zu\n", coil_weak_values_len(cache));
    coil_decref(cache);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
