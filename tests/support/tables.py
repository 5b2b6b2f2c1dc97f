#!/usr/bin/python3
"""Write python_tables.h: what CPython 3.11 answers, for the tests in C.

  tables.py           write it
  tables.py --check   compare with the committed file; 1 if they differ

The random numbers come from a fixed seed, so every run writes the same.
"""
import gc
import itertools
import json
import os
import random
import struct
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "python_tables.h")
MASK = (1 << 64) - 1
INTS = [0, 1, -1, 2, -2, 3, -3, 7, -7, 10, -10, 255, 256, 257, -5, -6,
        2**31, -2**31, 2**53, 2**53 + 1, -2**53 - 1, 2**61 - 2, 2**61 - 1,
        2**61, -2**61 + 1, -2**61, 2**62, 2**63 - 1, -2**63, -2**63 + 1]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, -2.5, 3.0, -3.0, 6.0, -6.0, 1e16,
          9999999999999998.0, 1e15, 123456789012345680.0, 0.0001, 0.00001,
          1e22, 1e23, 5e-324, 2.2250738585072014e-308, 2.0**63, -2.0**63,
          2.0**61, 2.0**61 - 256, 1.7976931348623157e308, 0.3, 2 / 3,
          float("inf"), float("-inf"), 1 / 49 * 49, 4.35, 1e-7, 5e-5]


def c_int(n):
    return "INT64_MIN" if n == -2**63 else f"INT64_C({n})"


def c_float(x):
    return f"{x.hex()}" if abs(x) != float("inf") else \
        "-INFINITY" if x < 0 else "INFINITY"


def c_str(s):
    data = s if isinstance(s, bytes) else s.encode()
    out = ""
    for b in data:
        out += chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' \
            else f"\\{b:03o}"
    return f'"{out}"'


def bits(r, n):
    return r.getrandbits(n)


def random_floats(r, n):
    while n > 0:
        x, = struct.unpack("<d", struct.pack("<Q", bits(r, 64)))
        if x == x and abs(x) != float("inf"):
            n -= 1
            yield x


def signed(r):
    return r.choice([1, -1]) * (bits(r, r.randrange(1, 64)))


def floats(r):
    for x in FLOATS + list(random_floats(r, 400)):
        yield c_float(x), c_str(repr(x)), c_int(hash(x))
    for _ in range(200):            # short ones, and whole ones
        x = round(r.uniform(-1e6, 1e6), r.randrange(0, 8))
        yield c_float(x), c_str(repr(x)), c_int(hash(x))
        x = float(signed(r))
        yield c_float(x), c_str(repr(x)), c_int(hash(x))


def ints(r):
    for n in INTS + [signed(r) for _ in range(100)]:
        yield c_int(n), c_str(repr(n)), c_int(hash(n))


def fits(n):
    return -2**63 <= n < 2**63


def answer(fn):
    """The repr of a result, or the error as Python prints it."""
    try:
        v = fn()
    except ZeroDivisionError as e:
        return f"ZeroDivisionError: {e}"
    if isinstance(v, int) and not fits(v):
        return "OverflowError: int does not fit 64 bits"
    return repr(v)


def sums(a, b):
    return [answer(lambda: a + b), answer(lambda: a - b),
            answer(lambda: a * b), answer(lambda: a / b),
            answer(lambda: a // b), answer(lambda: a % b)]


def int_sums(r):
    some = [n for n in INTS if n not in (255, 256, 10, -10)]
    pairs = [(a, b) for a in some for b in some]
    pairs += [(signed(r), signed(r)) for _ in range(150)]
    for a, b in pairs:
        yield (c_int(a), c_int(b),
               "{ " + ", ".join(map(c_str, sums(a, b))) + " }")


def float_sums(r):
    some = [0.0, -0.0, 1.0, -1.0, 3.0, -3.0, 7.5, -7.5, 0.1, 1e300, 1e-300,
            5e-324, float("inf"), float("-inf"), float(2**53)]
    pairs = [(a, b) for a in some for b in some]
    pairs += [(r.uniform(-1e3, 1e3), r.uniform(-10, 10))
              for _ in range(100)]
    pairs += zip(random_floats(r, 50), random_floats(r, 50))
    for a, b in pairs:
        yield (c_float(a), c_float(b),
               "{ " + ", ".join(map(c_str, sums(a, b))) + " }")


def reprs(r):
    texts = ["", "a", "it's", 'say "x"', "it's \"x\"", "\\", "a\\'b", "\n\r\t",
             "\x00\x01\x1b\x7f", "\x80\xa0\xad\xff", "é", "ß", "€", "漢字",
             "\u2028\u200b", "\ufeff", "\ue000", "𝄞", "\U000e0001",
             "\U0010ffff", "a\u0301", "tab\there", "'\"", "a\0b"]
    for s in texts:
        yield (c_str(s), str(len(s.encode())), str(len(s)),
               c_str(repr(s)))


HIDDEN = {"Cc", "Cf", "Co", "Zl", "Zp", "Zs"}


def points(r):
    """Code points and whether Python's repr shows them as they are: the ends
    of every range of hidden ones, what lies beside them, and others."""
    want, before = set(), False
    for c in range(0x110000):
        hidden = (unicodedata.category(chr(c)) in HIDDEN and c != 32)
        if hidden != before:
            want |= {c - 1, c}
        before = hidden
    want |= {r.randrange(0x30000) for _ in range(600)} | {0x10ffff}
    for c in sorted(want):
        if c >= 0 and unicodedata.category(chr(c)) not in ("Cn", "Cs"):
            yield f"0x{c:x}", str(int(chr(c).isprintable()))


def rotate(x, n):
    return (x << n | x >> 64 - n) & MASK


def sip13(k0, k1, data):
    """SipHash with one round a word and three at the end."""
    a, b = k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d
    c, d = k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573

    def stir(a, b, c, d):
        a, c = (a + b) & MASK, (c + d) & MASK
        b, d = rotate(b, 13) ^ a, rotate(d, 16) ^ c
        a = rotate(a, 32)
        c, a = (c + b) & MASK, (a + d) & MASK
        b, d = rotate(b, 17) ^ c, rotate(d, 21) ^ a
        return a, b, rotate(c, 32), d

    tail = len(data) % 8
    words = [data[i:i + 8] for i in range(0, len(data) - tail, 8)]
    words = [int.from_bytes(w, "little") for w in words]
    last = data[len(data) - tail:].ljust(7, b"\0") + bytes([len(data) & 255])
    for w in words + [int.from_bytes(last, "little")]:
        a, b, c, d = stir(a, b, c, d ^ w)
        a ^= w
    c ^= 255
    for _ in range(3):
        a, b, c, d = stir(a, b, c, d)
    h = a ^ b ^ c ^ d
    h = h - 2**64 if h >= 2**63 else h
    return -2 if h == -1 else h


def hashes(r):
    data = [b"a", b"ab", b"abcdefg", b"abcdefgh", b"abcdefghi", b"a\0",
            "é€𝄞".encode(), b"x" * 255, b"x" * 256, b"x" * 1000]
    program = ("import sys, json; print(json.dumps([hash(bytes.fromhex(h))"
               " for h in sys.argv[1:]]))")
    told = subprocess.run(
        ["/usr/bin/python3", "-c", program] + [d.hex() for d in data],
        env={"PYTHONHASHSEED": "0"}, check=True, capture_output=True)
    # With this seed CPython's key is zero: our reference is its function.
    if json.loads(told.stdout) != [sip13(0, 0, d) for d in data]:
        raise SystemExit("the reference differs from CPython's hash")
    for seed in (1, 12345, MASK):
        key = (seed ^ seed >> 31) * 0x9e3779b97f4a7c15 & MASK
        for d in data:
            yield (f"UINT64_C({seed})", c_str(d), str(len(d)),
                   c_int(sip13(seed, key, d)))


def chains(r):
    """Rings of plain objects (s), such with a finalizer (f), such that cut
    their links (x) and such that come back (r): what a collection returns,
    how many come back, how many are alive then, and what the next returns."""
    back, calls = [], []

    class Link:
        def __init__(self, number):
            self.number = number

    class Final(Link):
        def __del__(self):
            calls.append(self.number)

    class Cuts(Link):
        def __del__(self):
            calls.append(self.number)
            self.left = self.right = None

    class Back(Link):
        def __del__(self):
            calls.append(self.number)
            back.append(self)

    def build(kinds):
        kind = {"s": Link, "f": Final, "x": Cuts, "r": Back}
        links = [kind[k](i) for i, k in enumerate(kinds)]
        for i, link in enumerate(links):
            link.left = links[i - 1]
            links[i - 1].right = link

    gc.disable()
    gc.collect()
    some = ["".join(k) for n in range(1, 5)
            for k in itertools.product("sfxr", repeat=n)]
    some += ["".join(r.choice("sfxr") for _ in range(r.randrange(5, 10)))
             for _ in range(150)]
    for kinds in some:
        build(kinds)
        first = gc.collect()
        came = len(back)
        held = {id(x): x for x in back}
        todo = list(back)
        while todo:
            x = todo.pop()
            for y in (x.left, x.right):
                if y is not None and id(y) not in held:
                    held[id(y)] = y
                    todo.append(y)
        lives = len(held)
        x = y = None
        order = "".join(map(str, calls))
        held.clear()
        back.clear()
        second = gc.collect()
        calls.clear()
        yield (c_str(kinds), str(first), str(came), str(lives), str(second),
               c_str(order))
    gc.enable()


def table(name, members, rows):
    out = [f"static const struct {{ {members} }} {name}[] = {{"]
    out += ["    { " + ", ".join(row) + " }," for row in rows]
    return out + ["};", ""]


def text():
    r = random.Random(20231124)
    parts = {
        "PYTHON_INTS": table(
            "python_ints", "int64_t value; const char *repr; int64_t hash;",
            ints(r)),
        "PYTHON_FLOATS": table(
            "python_floats", "double value; const char *repr; int64_t hash;",
            floats(r)),
        "PYTHON_SUMS": table(
            "python_int_sums", "int64_t a, b; const char *results[6];",
            int_sums(r)) + table(
            "python_float_sums", "double a, b; const char *results[6];",
            float_sums(r)),
        "PYTHON_STRS": table(
            "python_reprs",
            "const char *bytes; size_t size, len; const char *repr;",
            reprs(r)) + table(
            "python_points", "int32_t point; int printable;", points(r)) +
        table(
            "python_hashes",
            "uint64_t seed; const char *bytes; size_t size; int64_t hash;",
            hashes(r)),
        "PYTHON_CHAINS": table(
            "python_chains", "const char *kinds; ptrdiff_t first; "
            "size_t came, lives; ptrdiff_t second; const char *order;",
            chains(r)),
    }
    out = ["/* Written by tables.py: what CPython 3.11 answers.",
           " * Define the name of a part to have it. */", ""]
    for name, lines in parts.items():
        out += [f"#ifdef {name}"] + lines + ["#endif", ""]
    return "\n".join(out)


def main():
    if sys.version_info[:2] != (3, 11):
        raise SystemExit("the tables are those of Python 3.11")
    if sys.argv[1:] == ["--check"]:
        with open(OUT, encoding="utf-8") as f:
            if f.read() != text():
                raise SystemExit(f"{OUT} is not what {__file__} writes")
        return
    with open(OUT, "w", encoding="utf-8") as f:
        f.write(text())


main()
