d = {1: "int"}
d[1.0] = "float"
d[True] = "bool"
print(d, len(d))

x = [1, 2, 3]
for item in x:
    if item < 4:
        x.append(item + 3)
print(x)

try:
    for key in d:
        d["more"] = 0
except RuntimeError as e:
    print(e)

x = [1]
x.append(x)
print(x)
