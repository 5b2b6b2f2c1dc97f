a = set("abracadabra")
b = set("alacazam")
print(sorted(a), len(a))
print(sorted(a | b))
print(sorted(a & b), sorted(a - b))
print(a - b == {"r", "d", "b"}, "z" in a)
a.discard("z")
try:
    a.remove("z")
except KeyError as e:
    print("KeyError:", e)
