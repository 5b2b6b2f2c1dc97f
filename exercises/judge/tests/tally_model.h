/* model.h of tally - the judge's own exercise; folder: where its files
 * are */
#ifndef TALLY_MODEL_H
#define TALLY_MODEL_H

#include "exercise.h"

const struct exercise *tally_exercise(void);
#endif
