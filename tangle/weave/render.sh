#!/bin/sh
# render.sh latex|html|epub BUILD [--book DIR] [--results DIR] [--only NN-slug]
# BUILD/parts/, BUILD/index.json -> BUILD/book.tex, BUILD/html/ or BUILD/book.epub
set -eu
format=$1 build=$2; shift 2
. "$(dirname "$0")/options.sh"

export WEAVE_BOOK="$book" WEAVE_RESULTS="$results" WEAVE_ONLY="$only" WEAVE_BUILD="$build" WEAVE_HTML=
draw() {
    pandoc -f json "$build/parts/"${only:-*}.json "$build/index.json" --metadata-file="$book/book.yaml" --bibliography="$book/references.bib" \
        --lua-filter="$here/render.lua" --citeproc "$@"
}

case $format in
latex)
    if [ -n "$only" ]; then
        set -- -M only="$only" -M suppress-bibliography=true -M link-citations=false
    fi
    draw "$@" -t latex --template="$style/book.latex" --top-level-division=chapter --wrap=preserve \
        -o "$build/${only:-book}.tex.new"
    if cmp -s "$build/${only:-book}.tex.new" "$build/${only:-book}.tex"; then
        rm "$build/${only:-book}.tex.new"
    else
        mv "$build/${only:-book}.tex.new" "$build/${only:-book}.tex"
    fi ;;
html)
    WEAVE_HTML=$build/html
    rm -rf "$build/html"
    mkdir -p "$build/html"
    draw --lua-filter="$here/split.lua" -M pagetemplate="$style/page.html" -t html5 -o "$build/html.list"
    cp "$style/book.css" "$style/book.js" "$build/html/"
    if [ -d "$build/fig" ]; then
        (cd "$build/fig" && find . -name '*.svg') | while read -r f; do
            mkdir -p "$build/html/fig/$(dirname "$f")"
            cp "$build/fig/$f" "$build/html/fig/$f"
        done
    fi ;;
epub)
    draw -t epub3 --mathml --epub-chapter-level=1 --toc --toc-depth=2 --css="$style/epub.css" -o "$build/book.raw.epub"
    /usr/bin/python3 "$here/rezip.py" "$build/book.raw.epub" "$build/book.new.epub"
    rm "$build/book.raw.epub"
    mv "$build/book.new.epub" "$build/book.epub" ;;
*)
    echo "render.sh: the format is latex, html or epub, not $format" >&2
    exit 2 ;;
esac
