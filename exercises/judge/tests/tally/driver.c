/* driver.c - the judge's own exercise */
#include "drive.h"
#include "tally.h"

static coil_obj *tally;

void drive_reset(void)
{
    drive_root("tally", NULL);
    coil_decref(tally);
    tally = NULL;
}

static void op_new(struct drive *d)
{
    drive_reset();
    tally = tally_new();
    drive_root("tally", tally);
    drive_say(d, "ok");
}

static void op_add(struct drive *d)
{
    if (tally_add(tally, drive_int(d, 0)) < 0)
        drive_error(d);
    else
        drive_say(d, "ok");
}

static void op_repr(struct drive *d)
{
    drive_repr(d, tally);
}

static void op_sum(struct drive *d)
{
    long long sum;

    if (tally_sum(tally, &sum) < 0)
        drive_error(d);
    else
        drive_say(d, "%lld", sum);
}

const struct drive_op drive_ops[] = {
    {"new", op_new}, {"add", op_add}, {"repr", op_repr}, {"sum",
     op_sum},
    {0},
};
