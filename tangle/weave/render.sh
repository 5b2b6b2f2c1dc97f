#!/bin/sh
# render.sh latex|html|epub BUILD [--book DIR] [--results DIR] [--only NN-slug]
# render.sh piece BUILD ... --only NAME: one piece of the LaTeX, for the first
# BUILD/parts/, BUILD/index.json -> BUILD/book.tex, BUILD/html/ or BUILD/book.epub
set -eu
format=$1 build=$2; shift 2
. "$(dirname "$0")/options.sh"

export WEAVE_BOOK="$book" WEAVE_RESULTS="$results" WEAVE_ONLY="$only" WEAVE_BUILD="$build" WEAVE_HTML=
draw() {
    pandoc --metadata-file="$book/book.yaml" --bibliography="$book/references.bib" --lua-filter="$here/render.lua" --citeproc "$@"
}
latex() { draw "$@" -t latex --top-level-division=chapter --wrap=preserve; }
whole() { draw -f json "$build/parts/"*.json "$build/index.json" "$@"; }
instead() {                     # FILE: FILE.new takes its place, if it differs
    if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# The LaTeX of the book is made in pieces, parts/NN-slug.tex and the frame around them, each only if it would differ.
# On what do all depend, beside the documents that they are drawn from?
common() {
    pandoc --version
    cat "$here"/*.lua "$here/render.sh" "$style/book.latex" "$book/book.yaml" "$book/references.bib" "$build/book.survey"
    for f in "$book/figures" "$book/transcripts" "$results"; do
        if [ -e "$f" ]; then find -L "$f" -type f | sort; fi
    done >"$build/names"
    while read -r f; do
        echo "$f"
        case $f in "$book/figures/"*) ;; *) cat "$f" ;; esac
    done <"$build/names"
}
piece() {                       # NAME of the piece
    out=$build/parts/$1.tex document=$build/parts/$1.json index=
    if [ "$1" = frame ]; then
        document=/dev/null
        set -- -f markdown -M suppress-bibliography=true -V csl-refs=true --template="$style/book.latex"
    else
        set -- -f json -M suppress-bibliography=true
        if grep -q '\["refs",\[' "$document"; then set -- -f json; fi
        if grep -q -E '\["(chunk|identifier)-index"' "$document"; then index=$build/index.json; fi
    fi
    key="$WEAVE_COMMON $(cat "$document" ${index:+"$index"} | sha1sum)"
    if [ -e "$out" ] && [ "$key" = "$(cat "$out.key" 2>/dev/null)" ]; then return; fi
    rm -f "$out.key"
    latex "$document" ${index:+"$index"} "$@" -o "$out.new"
    mv "$out.new" "$out"
    echo "$key" >"$out.key"
}
join() {
    grep -q '^%chapters$' "$build/parts/frame.tex" || { echo "render.sh: book.latex has no place for the chapters" >&2; exit 1; }
    sed '/^%chapters$/,$d' "$build/parts/frame.tex"
    for f in "$build"/parts/*.json; do cat "${f%.json}.tex"; echo; done
    sed '1,/^%chapters$/d' "$build/parts/frame.tex"
}

case $format in
piece)
    WEAVE_ONLY= piece "$only" ;;
latex)
    if [ -n "$only" ]; then
        latex -f json "$build/parts/$only.json" -M only="$only" -M suppress-bibliography=true -M link-citations=false \
            --template="$style/book.latex" -o "$build/$only.tex.new"
    else
        common >"$build/common"
        WEAVE_COMMON=$(sha1sum <"$build/common") bad=0
        export WEAVE_COMMON
        for f in frame "$build"/parts/*.json; do basename "$f" .json; done |
            xargs -d '\n' -n 1 -P "$(nproc)" "$here/render.sh" piece "$build" --book "$book" --results "$results" --only 2>"$build/render.err" || bad=1
        awk '!seen[$0]++' "$build/render.err" >&2       # what all pieces complain of, once
        if [ $bad -ne 0 ]; then exit 1; fi
        join >"$build/book.tex.new"
    fi
    instead "$build/${only:-book}.tex" ;;
html)
    WEAVE_HTML=$build/html
    rm -rf "$build/html"
    mkdir -p "$build/html"
    whole --lua-filter="$here/split.lua" -M pagetemplate="$style/page.html" -t html5 -o "$build/html.list"
    cp "$style/book.css" "$style/book.js" "$build/html/"
    if [ -d "$build/fig" ]; then
        (cd "$build/fig" && find . -name '*.svg') | while read -r f; do
            mkdir -p "$build/html/fig/$(dirname "$f")"
            cp "$build/fig/$f" "$build/html/fig/$f"
        done
    fi ;;
epub)
    whole -t epub3 --mathml --epub-chapter-level=1 --toc --toc-depth=2 --css="$style/epub.css" -o "$build/book.raw.epub"
    /usr/bin/python3 "$here/rezip.py" "$build/book.raw.epub" "$build/book.new.epub"
    rm "$build/book.raw.epub"
    mv "$build/book.new.epub" "$build/book.epub" ;;
*)
    echo "render.sh: the format is latex, html or epub, not $format" >&2
    exit 2 ;;
esac
