import gc

class Phoenix:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "speaks, and sees", self.partner.name)
        if self.name == "left":
            saved.append(self)

saved = []
gc.disable()
a, b = Phoenix("left"), Phoenix("right")
a.partner, b.partner = b, a
del a, b
print("found:", gc.collect())
print("saved:", saved[0].name, "with", saved[0].partner.name)
saved.clear()
print("found:", gc.collect())
print("end")
