# POOL 14: a million pairs need nothing more of the system.
import resource
import subprocess
import sys

from support.pymalloc import alloc, free


def pairs():
    """The number of places of a million blocks, and of new pages."""
    places = set()
    free(alloc(496))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(1000000):
        p = alloc(496)
        free(p)
        places.add(p)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    return len(places), after - before


if "malloc" in sys.argv:
    pairs()
    print("without, the program does the same")
else:
    places, pages = pairs()
    print("places:", places, "new pages:", pages > 100, flush=True)
    subprocess.run([sys.executable, "-B", *sys.argv, "malloc"],
                   env={"PYTHONMALLOC": "malloc"})
