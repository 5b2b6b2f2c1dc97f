#include <stdio.h>

#include <coil/coil.h>

/* hunt: a program that forgets what it keeps */
static void handle(coil_obj *cache, int i)
{
    coil_obj *key = coil_str_format("request %d", i);
    coil_obj *answer = coil_list_of(2, key, COIL_NONE);

    coil_dict_set(cache, key, answer);      /* "for the next time" */
    coil_decref(key);
    coil_decref(answer);
}

/* hunt: three questions */
static void ask_census(const char *when)
{
    printf("%s: %zu lists, %zu strs\n", when,
           coil_census_of(&coil_list_type),
           coil_census_of(&coil_str_type));
}

static void ask_who(coil_obj *cache)
{
    coil_obj *all = coil_gc_objects(-1), *one, *sought, *who;

    one = coil_list_get(all, 0);        /* the oldest of the many */
    coil_decref(all);
    sought = coil_list_of(1, one);
    who = coil_gc_referrers(sought);
    printf("one of them is held by %zu object: a %s%s\n",
           coil_list_len(who),
           coil_list_get_borrowed(who, 0)->type->name,
           coil_list_get_borrowed(who, 0) == cache
               ? ", the cache" : "");
    coil_decref(who);
    coil_decref(sought);
    coil_decref(one);
}

int main(void)
{
    coil_runtime *rt = coil_runtime_open(NULL);
    coil_obj *cache = coil_dict_new();

    ask_census("before");
    for (int i = 0; i < 100; i++)
        handle(cache, i);
    ask_census("after 100 requests");
    printf("the collector finds %d\n", (int)coil_gc_collect(2));
    ask_who(cache);
    coil_decref(cache);
    return coil_runtime_close(rt) == 0 ? 0 : 1;
}
