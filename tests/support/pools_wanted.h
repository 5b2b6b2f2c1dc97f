/* pools_wanted.h - run what is there with pools, or without
 *
 * The environment variable COIL_TEST_POOLS says what the runtime of a
 * test or twin is to be opened with: "off", "on", "direct", "guard".
 * Unset: what the options say.
 */
#ifndef POOLS_WANTED_H
#define POOLS_WANTED_H

#include <stdlib.h>
#include <string.h>

#include "coil/runtime.h"

#if defined(__has_include)
#if __has_include("coil/pools.h")
#include "coil/pools.h"
#endif
#endif

static inline void pools_wanted(coil_options *options)
{
#ifdef COIL_POOLS_H
    static const struct {
        const char *word;
        unsigned pools;
    } words[] = {
        { "off", COIL_POOLS_OFF },
        { "on", COIL_POOLS_ON },
        { "direct", COIL_POOLS_ON | COIL_POOLS_DIRECT },
        { "guard", COIL_POOLS_ON | COIL_POOLS_GUARD },
        { "guarded-hook", COIL_POOLS_OFF | COIL_POOLS_GUARD },
    };
    const char *word = getenv("COIL_TEST_POOLS");

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (word != NULL && strcmp(word, words[i].word) == 0)
            options->pools = words[i].pools;
#else
    (void)options;
#endif
}

#endif
