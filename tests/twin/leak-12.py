# LEAK 12: hash and equality of weak references.
import weakref


class Key:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value

    def __hash__(self):
        return hash(self.value)


x = Key(7)
y = Key(7)
a = weakref.ref(x)
b = weakref.ref(y)
late = weakref.ref(y, lambda ref: None)
print("equal while both live:", a == b)
print("hash:", hash(a) == hash(x))
hash(b)
del x, y
print("equal when dead:", a == b)
print("equal to itself:", a == a)
print("hash as before:", hash(a) == hash(7))
try:
    hash(late)
except TypeError as e:
    print("asked too late: TypeError:", e)
