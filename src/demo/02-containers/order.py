d = {"red": 0, "green": 1, "blue": 2}
print(d)
del d["green"]
d["green"] = 3
d["red"] = 4
print(d)
print(d.get("black"), "black" in d)
try:
    d["black"]
except KeyError as e:
    print("KeyError:", e)
try:
    d[["red"]] = 5
except TypeError as e:
    print("TypeError:", e)
