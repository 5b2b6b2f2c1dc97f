/* coilpeer - CPython's C functions in timed loops, as a module
 *
 * The counterpart of bench_objects.c, bench_containers.c and parts of
 * bench_gc.c: the same cases under the same names, checked to give the
 * same results, timed by the same support/bench.c.  Runs inside Debian's
 * python3, whose own code is then what is measured.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "../support/bench.h"

#define MANY 64
#define STRS 1024
#define TEN 10

static PyObject *things[MANY], *texts[STRS];
static PyObject *numbers[TEN], *names[TEN], *table;
static PyObject *targets[MANY], *references[MANY], *callback;

/* ---- chapter 1 ---- */
static int64_t count_check(void)
{
    for (int i = 0; i < MANY; i++)
        if (things[i] == NULL)
            things[i] = PyLong_FromLong(1000000 + i);
    Py_INCREF(things[0]);
    Py_DECREF(things[0]);
    return Py_REFCNT(things[0]);
}

static double count_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < MANY; i++)
            Py_INCREF(things[i]);
        BENCH_CLOBBER();
        for (int i = 0; i < MANY; i++)
            Py_DECREF(things[i]);
        BENCH_CLOBBER();
    }
    return bench_now() - start;
}

static int64_t int_check(void)
{
    PyObject *o = PyLong_FromLong(1000007);
    int64_t value = o != NULL ? PyLong_AsLong(o) : -1;

    Py_XDECREF(o);
    return value;
}

static double int_run(size_t n)
{
    double start = bench_now();

    for (size_t i = 0; i < n; i++) {
        PyObject *o = PyLong_FromLong(1000000 + (long)(i & 1023));
        BENCH_KEEP(o);
        Py_DECREF(o);
    }
    return bench_now() - start;
}

static bool make_texts(void)
{
    for (int i = 0; i < STRS; i++) {
        texts[i] = PyUnicode_FromFormat("attribute number %04d", i);
        if (texts[i] == NULL)
            return false;
    }
    return true;
}

static void drop_texts(void)
{
    for (int i = 0; i < STRS; i++)
        Py_CLEAR(texts[i]);
}

static int64_t hash_check(void)
{
    Py_hash_t first, again, other;

    if (!make_texts())
        return -1;
    first = PyObject_Hash(texts[0]);
    drop_texts();
    if (!make_texts())
        return -1;
    again = PyObject_Hash(texts[0]);
    other = PyObject_Hash(texts[1]);
    drop_texts();
    return first == again && first != other;
}

static double hash_run(size_t n)
{
    double spent = 0;
    Py_hash_t sum = 0;

    while (n-- > 0) {
        if (!make_texts())
            return 0;
        double start = bench_now();
        for (int i = 0; i < STRS; i++)
            sum += PyObject_Hash(texts[i]);
        BENCH_KEEP(sum);
        spent += bench_now() - start;
        drop_texts();
    }
    return spent;
}

static int64_t equal_check(void)
{
    PyObject *a = PyUnicode_FromString("attribute number 1"),
             *b = PyUnicode_FromString("attribute number 1"),
             *c = PyUnicode_FromString("attribute number 2");
    int64_t result = PyObject_RichCompareBool(a, b, Py_EQ) * 10 +
                     PyObject_RichCompareBool(a, c, Py_EQ);

    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(c);
    return result;
}

static double equal_run(size_t n)
{
    PyObject *a = PyUnicode_FromString("attribute number 1"),
             *b = PyUnicode_FromString("attribute number 1");
    int sum = 0;
    double start = bench_now();

    while (n-- > 0) {
        sum += PyObject_RichCompareBool(a, b, Py_EQ);
        BENCH_KEEP(sum);
    }
    start = bench_now() - start;
    Py_DECREF(a);
    Py_DECREF(b);
    return start;
}

static const struct bench_case objects[] = {
    {"count-pair", MANY, count_check, count_run},
    {"int", 1, int_check, int_run},
    {"str-hash", STRS, hash_check, hash_run},
    {"str-equal", 1, equal_check, equal_run},
};

/* ---- chapter 2 ---- */
static bool make_parts(void)
{
    for (int i = 0; i < TEN; i++) {
        numbers[i] = PyLong_FromLong(i);
        names[i] = PyUnicode_FromFormat("name_%d", i);
        if (numbers[i] == NULL || names[i] == NULL)
            return false;
        PyUnicode_InternInPlace(&names[i]);
    }
    return true;
}

static PyObject *sized_tuple(void)
{
    PyObject *tuple = PyTuple_New(TEN);

    for (int i = 0; tuple != NULL && i < TEN; i++)
        PyTuple_SET_ITEM(tuple, i, Py_NewRef(numbers[i]));
    return tuple;
}

static PyObject *sized_list(void)
{
    PyObject *list = PyList_New(TEN);

    for (int i = 0; list != NULL && i < TEN; i++)
        PyList_SET_ITEM(list, i, Py_NewRef(numbers[i]));
    return list;
}

static PyObject *appended_list(void)
{
    PyObject *list = PyList_New(0);

    for (int i = 0; list != NULL && i < TEN; i++)
        PyList_Append(list, numbers[i]);
    return list;
}

static PyObject *dict_of_ten(void)
{
    PyObject *dict = PyDict_New();

    for (int i = 0; dict != NULL && i < TEN; i++)
        PyDict_SetItem(dict, names[i], numbers[i]);
    return dict;
}

static int64_t look(PyObject *o)
{
    PyObject *item;
    int64_t result;

    if (o == NULL)
        return -1;
    item = PyDict_Check(o) ? PyDict_GetItemWithError(o, names[7])
           : PyList_Check(o) ? PyList_GetItem(o, 7)
                             : PyTuple_GetItem(o, 7);
    result = item != NULL ? PyObject_Size(o) * 100 + PyLong_AsLong(item)
                          : -1;
    Py_DECREF(o);
    return result;
}

static int64_t tuple_check(void) { return look(sized_tuple()); }
static int64_t sized_check(void) { return look(sized_list()); }
static int64_t appended_check(void) { return look(appended_list()); }
static int64_t dict_check(void) { return look(dict_of_ten()); }

#define RUN(make)                               \
    double start = bench_now();                 \
    while (n-- > 0) {                           \
        PyObject *o = make();                   \
        BENCH_KEEP(o);                          \
        Py_DECREF(o);                           \
    }                                           \
    return bench_now() - start

static double tuple_run(size_t n) { RUN(sized_tuple); }
static double sized_run(size_t n) { RUN(sized_list); }
static double appended_run(size_t n) { RUN(appended_list); }
static double dict_run(size_t n) { RUN(dict_of_ten); }

static int64_t get_check(void)
{
    int64_t sum = 0;

    if (table == NULL && (table = dict_of_ten()) == NULL)
        return -1;
    for (int i = 0; i < TEN; i++) {
        PyObject *item = PyDict_GetItemWithError(table, names[i]);
        if (item == NULL)
            return -1;
        sum = sum * 10 + PyLong_AsLong(item);
    }
    return sum;
}

static double get_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < TEN; i++) {
            PyObject *item = PyDict_GetItemWithError(table, names[i]);
            BENCH_KEEP(item);
        }
    }
    return bench_now() - start;
}

static const struct bench_case containers[] = {
    {"dict-get", TEN, get_check, get_run},
    {"list-sized", 1, sized_check, sized_run},
    {"list-appended", 1, appended_check, appended_run},
    {"tuple-sized", 1, tuple_check, tuple_run},
    {"dict-made", 1, dict_check, dict_run},
};

/* ---- chapter 3: weak references ---- */
static PyObject *ignore(PyObject *self, PyObject *ref)
{
    (void)self;
    (void)ref;
    Py_RETURN_NONE;
}

static PyMethodDef ignore_def = {"ignore", ignore, METH_O, NULL};

static int64_t weak_get_check(void)
{
    int64_t found = 0;

    for (int i = 0; i < MANY; i++)
        found += PyWeakref_GetObject(references[i]) == targets[i];
    return found;
}

/* What 3.13 calls PyWeakref_GetRef: the object, held. */
static double weak_get_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < MANY; i++) {
            PyObject *o = PyWeakref_GetObject(references[i]);
            Py_INCREF(o);
            BENCH_KEEP(o);
            Py_DECREF(o);
        }
    }
    return bench_now() - start;
}

static int64_t weak_call_check(void)
{
    int64_t found = 0;

    for (int i = 0; i < MANY; i++) {
        PyObject *o = PyObject_CallNoArgs(references[i]);
        found += o == targets[i];
        Py_XDECREF(o);
    }
    return found;
}

static double weak_call_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        for (int i = 0; i < MANY; i++) {
            PyObject *o = PyObject_CallNoArgs(references[i]);
            BENCH_KEEP(o);
            Py_DECREF(o);
        }
    }
    return bench_now() - start;
}

static int64_t weak_new_check(void)
{
    PyObject *ref = PyWeakref_NewRef(targets[0], callback);
    int64_t result = ref != NULL && ref != references[0] ? 1 : -1;

    Py_XDECREF(ref);
    return result;
}

static double weak_new_run(size_t n)
{
    double start = bench_now();

    while (n-- > 0) {
        PyObject *ref = PyWeakref_NewRef(targets[0], callback);
        BENCH_KEEP(ref);
        Py_DECREF(ref);
    }
    return bench_now() - start;
}

static const struct bench_case weakrefs[] = {
    {"weakref-get", MANY, weak_get_check, weak_get_run},
    {"weakref-call", MANY, weak_call_check, weak_call_run},
    {"weakref-new", 1, weak_new_check, weak_new_run},
};

/* ---- the module ---- */
static PyObject *run(const struct bench_case *cases, size_t n, int quick)
{
    if (bench_cases(cases, n, quick) < 0 || PyErr_Occurred()) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "a check failed");
        return NULL;
    }
    Py_RETURN_NONE;
}

#define RUN_ALL(cases, quick) \
    run(cases, sizeof cases / sizeof *cases, quick)

static PyObject *peer_objects(PyObject *self, PyObject *args)
{
    int quick;

    (void)self;
    if (!PyArg_ParseTuple(args, "p", &quick))
        return NULL;
    return RUN_ALL(objects, quick);
}

static PyObject *peer_containers(PyObject *self, PyObject *args)
{
    int quick;

    (void)self;
    if (!PyArg_ParseTuple(args, "p", &quick) || !make_parts())
        return NULL;
    return RUN_ALL(containers, quick);
}

static PyObject *peer_weakrefs(PyObject *self, PyObject *args)
{
    PyObject *type;
    int quick;

    (void)self;
    if (!PyArg_ParseTuple(args, "pO", &quick, &type) ||
        !(callback = PyCFunction_New(&ignore_def, NULL)))
        return NULL;
    for (int i = 0; i < MANY; i++)
        if (!(targets[i] = PyObject_CallNoArgs(type)) ||
            !(references[i] = PyWeakref_NewRef(targets[i], NULL)))
            return NULL;
    return RUN_ALL(weakrefs, quick);
}

/* build(n) -> nanoseconds for n kept one-element lists, and the list. */
static PyObject *peer_build(PyObject *self, PyObject *args)
{
    Py_ssize_t n;
    PyObject *all = NULL;

    (void)self;
    if (!PyArg_ParseTuple(args, "n", &n) || !(all = PyList_New(0)))
        return NULL;
    double start = bench_now();
    while (n-- > 0) {
        PyObject *one = PyList_New(1);
        if (one == NULL)
            goto failed;
        PyList_SET_ITEM(one, 0, Py_NewRef(Py_None));
        int rv = PyList_Append(all, one);
        Py_DECREF(one);
        if (rv < 0)
            goto failed;
    }
    return Py_BuildValue("dN", bench_now() - start, all);
failed:
    Py_DECREF(all);
    return NULL;
}

/* One pair: parent.child = child, and back as `way` says: strong, weak,
 * or strong and then cut. */
static int make_pair(PyObject *class, char way, PyObject *to_child,
                     PyObject *to_parent)
{
    PyObject *parent = PyObject_CallNoArgs(class), *back = NULL;
    PyObject *child = PyObject_CallNoArgs(class);
    int rv = -1;

    if (parent != NULL && child != NULL &&
        PyObject_SetAttr(parent, to_child, child) == 0)
        back = way == 'w' ? PyWeakref_NewRef(parent, NULL)
                          : Py_NewRef(parent);
    if (back != NULL)
        rv = PyObject_SetAttr(child, to_parent, back);
    if (rv == 0 && way == 'c')
        rv = PyObject_SetAttr(parent, to_child, Py_None);
    Py_XDECREF(back);
    Py_XDECREF(child);
    Py_XDECREF(parent);
    return rv;
}

/* pairs(class, way, n) -> nanoseconds for n pairs, made and dropped, and
 * a full collection. */
static PyObject *peer_pairs(PyObject *self, PyObject *args)
{
    PyObject *class, *to_child = PyUnicode_InternFromString("child");
    PyObject *to_parent = PyUnicode_InternFromString("parent");
    const char *way;
    Py_ssize_t n;
    double start;

    (void)self;
    if (!PyArg_ParseTuple(args, "Osn", &class, &way, &n))
        return NULL;
    start = bench_now();
    for (Py_ssize_t i = 0; i < n; i++)
        if (make_pair(class, way[0], to_child, to_parent) < 0)
            return NULL;
    PyGC_Collect();
    start = bench_now() - start;
    Py_DECREF(to_child);
    Py_DECREF(to_parent);
    return PyFloat_FromDouble(start);
}

/* ---- chapter 4 ---- */
#define bench_alloc(size) PyObject_Malloc(size)
#define bench_free(p, size) ((void)(size), PyObject_Free(p))
#include "../support/blocks.h"

/* pools(arg, ...) - the arguments are those of blocks.h. */
static PyObject *peer_pools(PyObject *self, PyObject *args)
{
    char *argv[4] = { "pools" };
    int argc = 1;

    (void)self;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args) && argc < 4; i++) {
        const char *arg = PyUnicode_AsUTF8(PyTuple_GET_ITEM(args, i));
        if (arg == NULL)
            return NULL;
        argv[argc++] = (char *)arg;
    }
    if (blocks_main(argc, argv) < 0) {
        PyErr_SetString(PyExc_RuntimeError, "a check failed");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"objects", peer_objects, METH_VARARGS, NULL},
    {"containers", peer_containers, METH_VARARGS, NULL},
    {"weakrefs", peer_weakrefs, METH_VARARGS, NULL},
    {"build", peer_build, METH_VARARGS, NULL},
    {"pairs", peer_pairs, METH_VARARGS, NULL},
    {"pools", peer_pools, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "coilpeer", .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_coilpeer(void);
PyMODINIT_FUNC PyInit_coilpeer(void)
{
    return PyModule_Create(&definition);
}
