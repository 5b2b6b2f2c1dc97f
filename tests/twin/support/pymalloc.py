"""CPython's allocator, for the rows about pools."""
import ctypes
import os
import re
import subprocess
import sys
import tempfile

api = ctypes.pythonapi


def function(name, result, *arguments):
    f = getattr(api, name)
    f.restype, f.argtypes = result, arguments
    return f


size_t, void_p = ctypes.c_size_t, ctypes.c_void_p
alloc = function("PyObject_Malloc", void_p, size_t)
calloc = function("PyObject_Calloc", void_p, size_t, size_t)
resize = function("PyObject_Realloc", void_p, void_p, size_t)
free = function("PyObject_Free", None, void_p)
mem_alloc = function("PyMem_Malloc", void_p, size_t)
mem_free = function("PyMem_Free", None, void_p)


def fill(n, size):
    """The addresses of n new blocks."""
    blocks = (void_p * n)()
    for i in range(n):
        blocks[i] = alloc(size)
    return blocks


def drop(blocks):
    for p in blocks:
        free(p)


def stats():
    """What sys._debugmallocstats says: for each size of a block
    (pools, used, available), and the other numbers by their names."""
    with tempfile.TemporaryFile("w+") as f:
        saved = os.dup(2)
        os.dup2(f.fileno(), 2)
        sys._debugmallocstats()
        os.dup2(saved, 2)
        os.close(saved)
        f.seek(0)
        text = f.read()
    sizes, others = {}, {}
    for line in text.splitlines():
        m = re.match(r" +\d+ +(\d+) +(\d+) +(\d+) +(\d+)$", line)
        if m:
            size, *rest = map(int, m.groups())
            sizes[size] = tuple(rest)
        m = re.match(r"# (arenas .*\S) += +([\d,]+)$", line)
        if m:
            others[m[1]] = int(m[2].replace(",", ""))
    return sizes, others


def debugged(code):
    """What the code says in a child that guards its blocks: on its
    standard output and error stream."""
    child = subprocess.run(
        [sys.executable, "-B", "-c", "from support.pymalloc import *\n" + code],
        env={"PYTHONMALLOC": "debug", "PYTHONPATH": sys.path[0]},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return child.stdout, child.stderr


def say_report(text):
    """The report of a fault, without addresses, and the fault.  Nor do
    we need its warning: who frees a block here says how large it is."""
    report, _, rest = text.partition("\n\n")
    report = re.sub(r"    Because .*\n.*segfault.\n", "", report)
    print(re.sub("0x[0-9a-f]{8,}", "address", report))
    print(re.search("Fatal Python error: [^:]*: (.*)", rest)[1])
