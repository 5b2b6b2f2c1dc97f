#include "weak_set.h"

struct weak_set {
    coil_obj head;
    coil_obj *items;            /* owned set */
};

/* weak_set.c: a type of its own */
static int set_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct weak_set *)o)->items);
    return 0;
}

static void set_release(coil_obj *o)
{
    COIL_CLEAR(((struct weak_set *)o)->items);
}

static coil_type set_type = {
    .head = COIL_TYPE_HEAD, .name = "weak_set",
    .size = sizeof(struct weak_set), .weak = true,
    .traverse = set_traverse, .clear = set_release,
    .release = set_release,
};

coil_obj *weak_set_new(void)
{
    struct weak_set *set = coil_object_new(&set_type);

    if (set != NULL && (set->items = coil_set_new()) == NULL)
        COIL_CLEAR(set);
    return (coil_obj *)set;
}

/* weak_set.c: functions that are not weak */
size_t weak_set_len(coil_obj *set)
{
    return coil_set_len(((struct weak_set *)set)->items);
}

coil_obj *weak_set_list(coil_obj *set)
{
    coil_obj *list = coil_list_new();

    if (list != NULL
        && coil_list_extend(list, ((struct weak_set *)set)->items) < 0)
        COIL_CLEAR(list);
    return list;
}

int weak_set_add(coil_obj *set, coil_obj *item)
{
    return coil_set_add(((struct weak_set *)set)->items, item);
}

int weak_set_has(coil_obj *set, coil_obj *item)
{
    return coil_set_has(((struct weak_set *)set)->items, item);
}
