# POOL 11: the guards of a block, and who writes over them.
from support.pymalloc import debugged, say_report

out, _ = debugged("""
p = alloc(10)
print(ctypes.string_at(p - 16, 34).hex())
q = alloc(10)
free(p)
print(ctypes.string_at(p, 10).hex())
""")
print(out, end="")
for at, size in (10, 10), (17, 10), (-1, 10), (-7, 10), (100, 100):
    _, report = debugged(f"""
p = alloc({size})
ctypes.memset(p + {at}, ord("x"), 1)
free(p)
""")
    say_report(report)
