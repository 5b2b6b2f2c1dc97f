/* coil.h - the whole library */
#ifndef COIL_COIL_H
#define COIL_COIL_H

#include "coil/base.h"
#include "coil/census.h"
#include "coil/constants.h"
#include "coil/dump.h"
#include "coil/error.h"
#include "coil/float.h"
#include "coil/int.h"
#include "coil/memory.h"
#include "coil/number.h"
#include "coil/object.h"
#include "coil/protocol.h"
#include "coil/runtime.h"
#include "coil/str.h"
#include "coil/text.h"
/* the headers of later chapters */
#include "coil/tuple.h"
#include "coil/list.h"
#include "coil/dict.h"
#include "coil/set.h"
#include "coil/gc.h"
#include "coil/weakref.h"
#include "coil/weakdict.h"
#include "coil/finalize.h"
#include "coil/pools.h"
#endif
