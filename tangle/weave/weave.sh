#!/bin/sh
# weave.sh BUILD FILE.nw...: the chapters, in one scope -> BUILD/parts/, BUILD/book.survey, BUILD/index.json, for all formats
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lib=${NOWEB_LIB:-/usr/lib/noweb}
build=$1; shift
[ -x "$lib/markup" ] || { echo "weave.sh: no noweb in $lib (set NOWEB_LIB)" >&2; exit 1; }
mkdir -p "$build/parts"

"$lib/markup" "$@" >"$build/book.pipe.1"
"$lib/finduses" <"$build/book.pipe.1" >"$build/book.pipe.2"
"$lib/noidx" <"$build/book.pipe.2" >"$build/book.pipe"
rm "$build/book.pipe.1" "$build/book.pipe.2"

for f in "$build"/parts/*; do                 # a chapter that is gone
    name=${f##*/} name=${name%.key} name=${name%.*}
    case " $* /frame.nw " in *"/$name.nw "*) ;; *) rm -f "$f" ;; esac
done
WEAVE_BUILD=$build pandoc -f "$here/reader.lua" "$build/book.pipe" -t json -o "$build/index.json"
