# GC 1: the count of an object, as its owners come and go.
import sys

a = []
print("one name:", sys.getrefcount(a) - 1)
b = a
print("two names:", sys.getrefcount(a) - 1)
pair = [a, a]
print("and twice in a list:", sys.getrefcount(a) - 1)
del b, pair
print("one name again:", sys.getrefcount(a) - 1)
