"""check-html.py DIR: every link inside the site leads somewhere, every id is unique on its page,
every picture has an alt text.  Exits 1 with a list."""
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

root = Path(sys.argv[1])
ids, links, found = {}, [], []


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path = path
        ids[path] = set()

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        where = f"{self.path.relative_to(root)}:{self.getpos()[0]}"
        if "id" in a:
            if a["id"] in ids[self.path]:
                found.append(f"{where}: id {a['id']} is used twice")
            ids[self.path].add(a["id"])
        if tag == "img" and not (a.get("alt") or "").strip():
            found.append(f"{where}: picture {a.get('src')} has no alt text")
        for key in ("href", "src"):
            if a.get(key):
                links.append((self.path, where, a[key]))


pages = sorted(root.rglob("*.html"))
if not pages:
    sys.exit(f"check-html: no pages in {root}")
for path in pages:
    Page(path).feed(path.read_text())
for path, where, link in links:
    url = urlsplit(link)
    if url.scheme in ("http", "https", "mailto"):
        continue
    target = path.parent / unquote(url.path) if url.path else path
    if not target.is_file():
        found.append(f"{where}: dead link {link}")
    elif url.fragment and target.suffix == ".html" and unquote(url.fragment) not in ids.get(target, ()):
        found.append(f"{where}: dead link {link}")
for line in found:
    print(line, file=sys.stderr)
sys.exit(1 if found else 0)
