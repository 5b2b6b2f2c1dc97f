#!/bin/sh
# weave.sh BUILD FILE.nw...: the chapters, in one scope -> BUILD/book.json, for all formats
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lib=${NOWEB_LIB:-/usr/lib/noweb}
build=$1; shift
[ -x "$lib/markup" ] || { echo "weave.sh: no noweb in $lib (set NOWEB_LIB)" >&2; exit 1; }
mkdir -p "$build"

"$lib/markup" "$@" >"$build/book.pipe.1"
"$lib/finduses" <"$build/book.pipe.1" >"$build/book.pipe.2"
"$lib/noidx" <"$build/book.pipe.2" >"$build/book.pipe"
rm "$build/book.pipe.1" "$build/book.pipe.2"

pandoc -f "$here/reader.lua" "$build/book.pipe" -t json -o "$build/book.json.new"
if cmp -s "$build/book.json.new" "$build/book.json"; then
    rm "$build/book.json.new"
else
    mv "$build/book.json.new" "$build/book.json"
fi
