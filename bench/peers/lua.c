/* lua - the heaps of graphs.py as tables of two
 *
 *     peer_lua live-random|drop-random N
 */
#include <stdlib.h>

#include <lauxlib.h>
#include <lua.h>

#include "../support/graph.h"

static size_t bytes(lua_State *L)
{
    return (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 +
           (size_t)lua_gc(L, LUA_GCCOUNTB);
}

/* Leaves on the stack a table of n tables.  *each: bytes of one. */
static uint32_t heap(lua_State *L, const char *shape, size_t n,
                     size_t *each)
{
    uint64_t state = 1;
    uint32_t checksum = 0;
    size_t before;

    lua_createtable(L, (int)n, 0);
    before = bytes(L);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 2, 0);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    *each = (bytes(L) - before) / n;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        for (size_t k = 0; k < 2; k++) {
            size_t to = graph_edge(shape, i, k, n, &state);
            lua_rawgeti(L, -2, (lua_Integer)to + 1);
            lua_rawseti(L, -2, (lua_Integer)k + 1);
            checksum = checksum * 31 + (uint32_t)to;
        }
        lua_pop(L, 1);
    }
    return checksum;
}

/* Nanoseconds of a full collection; *found: the tables that went. */
static double collect(lua_State *L, size_t each, ptrdiff_t *found)
{
    size_t before = bytes(L);
    double start = bench_now();

    lua_gc(L, LUA_GCCOLLECT);
    start = bench_now() - start;
    *found = (ptrdiff_t)((before - bytes(L)) / each);
    return start;
}

int main(int argc, char **argv)
{
    lua_State *L = luaL_newstate();
    size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 0, each;
    double spent[GRAPH_TIMES];
    const char *shape = n > 0 ? strchr(argv[1], '-') : NULL;
    ptrdiff_t found = 0;
    uint32_t checksum;

    if (L == NULL || shape == NULL)
        return 1;
    lua_gc(L, LUA_GCSTOP);
    checksum = heap(L, shape + 1, n, &each);
    collect(L, each, &found);
    if (argv[1][0] == 'l') {
        for (int i = 0; i < GRAPH_TIMES; i++)
            spent[i] = collect(L, each, &found);
        spent[0] = bench_median(spent, GRAPH_TIMES);
    } else {
        double start = bench_now();
        for (size_t i = 0; i < n; i++) {
            lua_pushnil(L);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        start = bench_now() - start;
        spent[0] = start + collect(L, each, &found);
    }
    graph_row(argv[1], spent[0] / (double)n, checksum, found);
    lua_close(L);
    return 0;
}
