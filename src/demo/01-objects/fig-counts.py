import ast
from pathlib import Path
from sys import getrefcount

names, before = {}, {"first": 0, "second": 0}

def count_of(name):
    for v in "a", "b":
        if getattr(names.get(v), "name", None) == name:
            return getrefcount(names[v]) - 1
    return 0

def row(statement):
    print(f'<tr><td align="left">{statement}</td><td align="left">'
          '<font color="#8a4b2a">', end=" ")
    exec(statement, names)
    print("</font></td>", end="")
    for name in before:
        count = count_of(name)
        print(f"<td>{count if count or before[name] else ''}</td>",
              end="")
        before[name] = count
    print("</tr>")

print('''digraph counts {
  program [shape=plain, fontsize=9, fontname="JetBrains Mono",
    label=<<table border="0" cellspacing="0" cellpadding="3">
<tr><td width="150"></td><td width="100"></td>''', end="")
print('<td width="50">first</td><td width="50">second</td></tr><hr/>')
source = Path(__file__).with_name("when.py").read_text()
for part in ast.parse(source).body:
    if isinstance(part, ast.ClassDef):
        exec(ast.get_source_segment(source, part), names)
    elif not isinstance(part, ast.Expr):    # no print
        row(ast.get_source_segment(source, part))
print("</table>>];\n}")
