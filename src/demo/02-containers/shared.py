name = ["coil"]
row = [name, name]
pair = (name, 2)
name.append("er")
print(row, pair)
