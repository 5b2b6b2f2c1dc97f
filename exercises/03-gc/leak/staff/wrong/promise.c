/* fails: promise */
/* the promise owns the page that it waits for */
#include "leak.h"

struct page {
    coil_obj head;
    coil_obj *name;             /* owned str */
    coil_obj *links;            /* owned list of pages */
};

struct desk {
    coil_obj head;
    coil_obj *pages;            /* owned dict of weak values */
};

static int page_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    struct page *page = (struct page *)o;

    COIL_VISIT(page->name);
    COIL_VISIT(page->links);
    return 0;
}

static void page_release(coil_obj *o)
{
    struct page *page = (struct page *)o;

    COIL_CLEAR(page->name);
    COIL_CLEAR(page->links);
}

static coil_type page_type = {
    .head = COIL_TYPE_HEAD, .name = "page",
    .size = sizeof(struct page), .weak = true,
    .traverse = page_traverse, .clear = page_release,
    .release = page_release,
};

static coil_obj *page_new(coil_obj *name)
{
    struct page *page;

    if (!coil_is(name, &coil_str_type)) {
        coil_error_set(COIL_TYPE_ERROR, "a name is a str");
        return NULL;
    }
    page = coil_object_new(&page_type);
    if (page == NULL)
        return NULL;
    page->name = coil_incref(name);
    page->links = coil_list_new();
    if (page->links == NULL)
        COIL_CLEAR(page);
    return (coil_obj *)page;
}

static int desk_traverse(coil_obj *o, coil_visit_fn *visit, void *arg)
{
    COIL_VISIT(((struct desk *)o)->pages);
    return 0;
}

static void desk_release(coil_obj *o)
{
    COIL_CLEAR(((struct desk *)o)->pages);
}

static coil_type desk_type = {
    .head = COIL_TYPE_HEAD, .name = "desk",
    .size = sizeof(struct desk), .traverse = desk_traverse,
    .clear = desk_release, .release = desk_release,
};

coil_obj *leak_desk_new(void)
{
    struct desk *desk = coil_object_new(&desk_type);

    if (desk != NULL && (desk->pages = coil_weak_values_new()) == NULL)
        COIL_CLEAR(desk);
    return (coil_obj *)desk;
}

size_t leak_len(coil_obj *desk)
{
    return coil_weak_values_len(((struct desk *)desk)->pages);
}

coil_obj *leak_open(coil_obj *desk, coil_obj *name)
{
    coil_obj *pages = ((struct desk *)desk)->pages, *page;

    if (coil_weak_values_get(pages, name, &page) != 0)
        return page;            /* it is there, or an error */
    page = page_new(name);
    if (page != NULL && coil_weak_values_set(pages, name, page) < 0)
        COIL_CLEAR(page);
    return page;
}

int leak_link(coil_obj *page, coil_obj *other)
{
    return coil_list_append(((struct page *)page)->links, other);
}

coil_obj *leak_links(coil_obj *page)
{
    coil_obj *links = ((struct page *)page)->links;
    coil_obj *list = coil_list_new();

    for (size_t i = 0; list != NULL && i < coil_list_len(links); i++) {
        coil_obj *to = coil_list_get_borrowed(links, i);

        if (coil_list_append(list, ((struct page *)to)->name) < 0)
            COIL_CLEAR(list);
    }
    return list;
}

static int tell(coil_obj *context)
{
    coil_obj *name = ((struct page *)coil_tuple_get_borrowed(context,
                         0)) ->name;
    coil_obj *log = coil_tuple_get_borrowed(context, 1);

    return coil_list_append(log, name);
}

int leak_on_close(coil_obj *page, coil_obj *log)
{
    coil_obj *context = coil_tuple_of(2, page, log), *promise = NULL;
    int rv = -1;

    if (context != NULL)
        promise = coil_finalize_new(page, tell, context);
    if (promise != NULL)
        rv = 0;
    coil_decref(promise);
    coil_decref(context);
    return rv;
}
