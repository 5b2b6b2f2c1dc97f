from sys import getrefcount

x = []
print("one name:", getrefcount(x) - 1)
y = x
print("two names:", getrefcount(x) - 1)
pair = [x, x]
print("and twice in a list:", getrefcount(x) - 1)
del y, pair
print("one name again:", getrefcount(x) - 1)
a, b = 250 + 6, 2 ** 8
print("256 is 256:", a is b)
a, b = a + 1, b + 1
print("257 is 257:", a is b)
print("equal hashes:", hash(1) == hash(1.0) == hash(True))
print("hash of -1 and -2:", hash(-1), hash(-2))
