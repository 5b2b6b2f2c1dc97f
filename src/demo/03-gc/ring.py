import gc

class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)

gc.disable()
a = Noisy("alone")
b, c = Noisy("left"), Noisy("right")
b.partner, c.partner = c, b
del a
print("one released")
del b, c
print("two more dropped")
print("found:", gc.collect())
print("end")
