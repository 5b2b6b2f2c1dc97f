/* driver.c - pools-map */
#include "drive.h"
#include "map.h"

enum { MOST = 64 };

static size_t requests[MOST], len;

void drive_reset(void)
{
    len = 0;
}

static void op_classes(struct drive *d)
{
    drive_say(d, "%zu", map_classes());
}

static void op_class(struct drive *d)
{
    drive_say(d, "%d", map_class((size_t)drive_int(d, 0)));
}

static void op_size(struct drive *d)
{
    drive_say(d, "%zu", map_size((int)drive_int(d, 0)));
}

static void op_request(struct drive *d)
{
    requests[len++ % MOST] = (size_t)drive_int(d, 0);
    drive_say(d, "ok");
}

static void op_waste(struct drive *d)
{
    drive_say(d, "%zu", map_waste(requests, len));
}

const struct drive_op drive_ops[] = {
    {"classes", op_classes}, {"class", op_class}, {"size", op_size},
    {"request", op_request}, {"waste", op_waste}, {0},
};
