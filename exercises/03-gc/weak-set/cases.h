/* cases.h - gc-weak-set: what is asked; a part of model.c */
struct making {
    struct dice *dice;
    struct calls *calls;
    bool made[THINGS], tied[THINGS];
    int most;                   /* slots that are used */
};

static int a_thing(struct making *m)
{
    int i = (int)dice_below(m->dice, (uint64_t)m->most);

    for (int k = 0; k < m->most; k++, i = (i + 1) % m->most)
        if (m->made[i])
            return i;
    return -1;
}

static void add_thing(struct making *m)
{
    for (int i = 0; i < m->most; i++) {
        if (!m->made[i]) {
            calls_add(m->calls, "thing", "ii", (long long)i,
                      dice_range(m->dice, 0, m->most));
            m->made[i] = true;
            m->tied[i] = false;
            return;
        }
    }
}

static void add_drop(struct making *m, int i)
{
    calls_add(m->calls, "drop", "i", (long long)i);
    m->made[i] = false;
}

static void add_any(struct making *m, const char *name)
{
    int i = a_thing(m);
    long long k = (long long)dice_below(m->dice, SETS);

    if (i < 0 || dice_below(m->dice, 4) == 0) {
        add_thing(m);
        return;
    }
    switch (dice_below(m->dice, name[0] == 'e' ? 4 : 8)) {
    case 0:
    case 1:
        calls_add(m->calls, "add", "ii", k, (long long)i);
        break;
    case 2:
        calls_add(m->calls, "has", "ii", k, (long long)i);
        break;
    case 3:
        calls_add(m->calls, "list", "i", k);
        break;
    case 4:
        if (!m->tied[i] && dice_below(m->dice, 3) == 0) {
            calls_add(m->calls, "hold", "ii", (long long)i, -1LL);
            m->tied[i] = true;
        }
        break;
    case 5:
        calls_add(m->calls, dice_below(m->dice, 3) ? "len" : "collect",
                  "i", k);
        break;
    default:
        add_drop(m, i);
        break;
    }
}

/* Two equal things; the first goes, and somebody asks for the other. */
static void make_between(int i, struct making *m)
{
    long long n = dice_range(m->dice, 0, 99), more = i / 4;
    long long add = i & 2;      /* else: ask */

    for (long long k = 0; k < more; k++) {
        calls_add(m->calls, "thing", "ii", k + 2, 100 + k);
        calls_add(m->calls, "add", "ii", 0LL, k + 2);
    }
    calls_add(m->calls, "thing", "ii", 0LL, n);
    calls_add(m->calls, "thing", "ii", 1LL, n + (i % 8 == 7));
    if (i % 4 == 1)
        calls_add(m->calls, "watch", "iiii", 0LL, 0LL, 1LL, add);
    calls_add(m->calls, "add", "ii", 0LL, 0LL);
    if (i % 4 != 1)
        calls_add(m->calls, "watch", "iiii", 0LL, 0LL, 1LL, add);
    calls_add(m->calls, "drop", "i", 0LL);
    calls_add(m->calls, "has", "ii", 0LL, 1LL);
    calls_add(m->calls, "list", "i", 0LL);
    calls_add(m->calls, "len", "i", 0LL);
}

static void make_alone(int i, struct making *m)
{
    for (long long k = 0; k <= i % 4; k++) {
        calls_add(m->calls, "thing", "ii", k, k);
        calls_add(m->calls, "add", "ii", 0LL, k);
    }
    if (i % 3 == 1)
        calls_add(m->calls, "hold", "ii", 0LL, 0LL);
    calls_add(m->calls, "unset", "i", 0LL);
    calls_add(m->calls, "drop", "i", 0LL);
    calls_add(m->calls, "set", "i", 0LL);
    calls_add(m->calls, "churn", "ii", 0LL, (long long)(1 + i * 20));
    calls_add(m->calls, "unset", "i", 0LL);
}

static void make_errors(int i, struct making *m)
{
    calls_add(m->calls, "thing", "ii", 0LL, (long long)NO_HASH + i);
    calls_add(m->calls, "thing", "ii", 1LL, (long long)i);
    calls_add(m->calls, "add", "ii", 0LL, 1LL);
    calls_add(m->calls, "add", "ii", 0LL, 0LL);
    calls_add(m->calls, "has", "ii", 0LL, 0LL);
    calls_add(m->calls, i % 2 ? "add-odd" : "has-odd", "ii", 0LL,
              (long long)(i / 2 % 2));
    calls_add(m->calls, "list", "i", 0LL);
}

static void make_memory(int i, struct making *m)
{
    for (long long k = 0; k < i; k++) {
        calls_add(m->calls, "thing", "ii", k, k);
        if (k < i - 1)
            calls_add(m->calls, "add", "ii", 0LL, k);
    }
    if (i == 0)
        calls_add(m->calls, "scarce", "");
    else
        calls_add(m->calls, "scarce-add", "ii", 0LL,
                  (long long)(i - 1));
    if (i > 0)
        calls_add(m->calls, "scarce-has", "ii", 0LL,
                  (long long)(i / 2));
    calls_add(m->calls, "scarce-list", "i", 0LL);
    calls_add(m->calls, "list", "i", 0LL);
}

static void make(const struct check *check, int i, struct dice *dice,
                 struct calls *calls)
{
    struct making m = {.dice = dice, .calls = calls,
                       .most = 2 + i / 3 < THINGS ? 2 + i / 3 : THINGS};

    calls_add(calls, "open", "");
    for (long long k = 0; k < SETS; k++)
        calls_add(calls, "set", "i", k);
    if (check->name[0] == 'b')                          /* between */
        make_between(i, &m);
    else if (check->name[0] == 'a')                     /* alone */
        make_alone(i, &m);
    else if (check->name[0] == 'p')                     /* problems */
        make_errors(i, &m);
    else if (check->name[0] == 'm')                     /* memory */
        make_memory(i, &m);
    else
        for (int k = 0; k < 3 + 2 * i; k++)
            add_any(&m, check->name);
    calls_add(calls, "close", "");
}
