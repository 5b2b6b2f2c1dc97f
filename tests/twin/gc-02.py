# GC 2: the finalizer runs when the last reference goes, not later.
class Noisy:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("del", self.number)


x = Noisy(1)
del x
print("immediate")
x = Noisy(2)
y = x
del x
print("still held")
y = None
print("immediate")
