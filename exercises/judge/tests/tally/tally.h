/* tally.h - the judge's own exercise: a list of ints, and their sum */
#ifndef TALLY_H
#define TALLY_H

#include "coil/coil.h"

COIL_NEW coil_obj *tally_new(void);
int tally_add(coil_obj *tally, long long n);
int tally_sum(coil_obj *tally, long long *sum);
#endif
