class Spy:
    def __del__(self):
        print("the spy sees", row)

row = [1, Spy(), 3]
row[1] = 2
row.append(Spy())
del row[3]
row.append(Spy())
row.clear()
print("end", row)
