"""cases.py MODULE_DIR objects|containers|weakrefs [--quick], or pools ARG...: CPython's C functions, timed in C."""
import sys

sys.path.insert(0, sys.argv[1])
import coilpeer  # noqa: E402


class Target:
    pass


quick = "--quick" in sys.argv
if sys.argv[2] == "weakrefs":
    coilpeer.weakrefs(quick, Target)
elif sys.argv[2] == "pools":
    coilpeer.pools(*sys.argv[3:])
else:
    getattr(coilpeer, sys.argv[2])(quick)
