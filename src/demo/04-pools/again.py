a, b = object(), object()
where = id(a), id(b)
del a
del b
c, d = object(), object()
print("last out, first in:", (id(d), id(c)) == where)
