# GC 10: the counters of the older generations, and wrong generations.
import gc

gc.disable()
gc.collect()
for generation in 0, 1, 2, 0, 0, 1, 0, 2:
    gc.collect(generation)
    print(f"after collect({generation}):", gc.get_count()[1:])
for generation in -1, 3:
    try:
        gc.collect(generation)
    except ValueError as e:
        print(f"collect({generation}): ValueError: {e}")
