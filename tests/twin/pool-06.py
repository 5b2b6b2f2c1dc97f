# POOL 6: emptied pools serve another class.
from support.pymalloc import alloc, drop, fill, free

POOL = 16384

large = list(fill(201 * 31, 512))
while large[-1] % POOL != 48 + 30 * 512:    # until none has room
    large.append(alloc(512))
one = large[-20]
free(one)
print("a full pool serves what came back:", alloc(512) == one)

# A few blocks stay, lest an arena goes back to the system.
stay = large[::31 * 20]
emptied = {p // POOL for p in large} - {p // POOL for p in stay}
drop(p for p in large if p not in stay)
small = fill(200 * 34, 480)
again = len({p // POOL for p in small} & emptied)
print("emptied pools serve another class:", again > 100)
drop(small)
drop(stay)
