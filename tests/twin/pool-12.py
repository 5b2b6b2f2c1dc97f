# POOL 12: freed through the wrong domain.
from support.pymalloc import debugged, say_report

_, report = debugged("free(mem_alloc(10))")
say_report(report)
_, report = debugged("mem_free(alloc(24))")
say_report(report)
