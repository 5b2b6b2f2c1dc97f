/* fails: push crash */
/* what is pushed is never NULL */
#include "stack.h"

struct stack {
    coil_obj head;
    coil_obj **items;           /* cap places; owns len objects */
    size_t len, cap;
};

static struct stack *stack_of(coil_obj *o)
{
    COIL_CHECK(stack_check(o));
    return (struct stack *)o;
}

coil_obj *stack_new(void)
{
    return coil_object_new(&stack_type);
}

bool stack_check(coil_obj *o)
{
    return coil_is(o, &stack_type);
}

size_t stack_len(coil_obj *stack)
{
    return stack_of(stack)->len;
}

static bool make_room(struct stack *s)
{
    size_t cap = (s->len + 1) * 2;
    coil_obj **items;

    if (s->len < s->cap)
        return true;
    items = coil_memory_resize(s->items, s->cap * sizeof *items,
                               cap * sizeof *items);
    if (items == NULL)
        return false;
    s->items = items;
    s->cap = cap;
    return true;
}

int stack_push_steal(coil_obj *stack, coil_obj *item)
{
    struct stack *s = stack_of(stack);

    if (!make_room(s)) {
        coil_decref(item);
        return -1;
    }
    s->items[s->len++] = item;
    return 0;
}

coil_obj *stack_top_borrowed(coil_obj *stack)
{
    struct stack *s = stack_of(stack);

    if (s->len == 0) {
        coil_error_set(COIL_INDEX_ERROR, "the stack is empty");
        return NULL;
    }
    return s->items[s->len - 1];
}

coil_obj *stack_pop(coil_obj *stack)
{
    coil_obj *item = stack_top_borrowed(stack);

    if (item != NULL)
        stack_of(stack)->len--;
    return item;
}

void stack_clear(coil_obj *stack)
{
    struct stack *s = stack_of(stack), old = *s;

    s->items = NULL;
    s->len = s->cap = 0;
    while (old.len > 0)
        coil_decref(old.items[--old.len]);
    coil_memory_free(old.items, old.cap * sizeof *old.items);
}

static int stack_traverse(coil_obj *self, coil_visit_fn *visit,
                          void *arg)
{
    struct stack *s = stack_of(self);

    for (size_t i = 0; i < s->len; i++)
        COIL_VISIT(s->items[i]);
    return 0;
}

static int write_items(struct stack *s, coil_text *out)
{
    int rv = coil_text_add(out, "stack(");

    for (size_t i = 0; rv == 0 && i < s->len; i++) {
        if (i > 0)
            rv = coil_text_add(out, ", ");
        if (rv == 0)
            rv = coil_text_repr(out, s->items[i]);
    }
    if (rv == 0)
        rv = coil_text_add(out, ")");
    return rv;
}

static int stack_repr(coil_obj *self, coil_text *out)
{
    coil_text_frame frame;

    if (coil_text_enter(out, self, &frame))
        return coil_text_add(out, "stack(...)");
    int rv = write_items(stack_of(self), out);
    coil_text_leave(out, &frame);
    return rv;
}

static int stack_truth(coil_obj *self)
{
    return stack_of(self)->len > 0;
}

coil_type stack_type = {
    .head = COIL_TYPE_HEAD, .name = "stack",
    .size = sizeof(struct stack),
    .traverse = stack_traverse, .clear = stack_clear,
    .release = stack_clear, .repr = stack_repr, .truth = stack_truth,
};
