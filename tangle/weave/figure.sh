#!/bin/sh
# figure.sh FILE.(tex|dot) OUTDIR: one figure -> OUTDIR/NAME.pdf and OUTDIR/NAME.svg
# A .tex holds a tikzpicture, bare or in a document of its own; a .dot gets the book's faces and pens.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
style=$(cd "$here/../../book/style" && pwd)
file=$1 out=$2
mkdir -p "$out"
name=$(basename "$file"); name=${name%.*}
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
: "${SOURCE_DATE_EPOCH:=0}"
export SOURCE_DATE_EPOCH FORCE_SOURCE_DATE=1

case $file in
*.tex)
    if grep -q '\\documentclass' "$file"; then
        cp "$file" "$tmp/figure.tex"
    else
        {
            printf '%s\n' '\documentclass[tikz,border=1pt]{standalone}' '\usepackage{coilfig}' '\begin{document}'
            cat "$file"
            printf '%s\n' '\end{document}'
        } >"$tmp/figure.tex"
    fi
    (cd "$tmp" && TEXINPUTS=.:$style: xelatex -interaction=nonstopmode -halt-on-error figure.tex </dev/null >figure.out 2>&1) || {
        echo "$file: LaTeX stopped" >&2
        grep -a -A4 '^!' "$tmp/figure.out" >&2 || tail -5 "$tmp/figure.out" >&2
        exit 1
    }
    if grep -a 'Missing character' "$tmp/figure.log" >&2; then
        echo "$file: a character is missing from the font" >&2
        exit 1
    fi ;;
*.dot)
    LC_ALL=C dot -Tpdf -Nfontname='TeX Gyre Pagella' -Efontname='TeX Gyre Pagella' -Gfontname='TeX Gyre Pagella' \
        -Nfontsize=10 -Efontsize=9 -Gfontsize=10 -Npenwidth=.6 -Epenwidth=.6 -Earrowsize=.6 -Nshape=box -Nheight=.3 \
        -Nwidth=.3 -Nmargin=.09,.04 -Gnodesep=.3 -Granksep=.4 -Gpad=.03 -Gmargin=0 "$file" -o "$tmp/figure.pdf" 2>"$tmp/figure.out" ||
        echo "Graphviz stopped" >>"$tmp/figure.out"
    if [ -s "$tmp/figure.out" ]; then       # a warning is a wrong picture
        sed "s|^|$file: |" "$tmp/figure.out" >&2
        exit 1
    fi
    # cairo writes the clock's time: put a fixed one of the same length
    LC_ALL=C sed -i "s/CreationDate (D:[0-9]\{14\}/CreationDate (D:20000101000000/" "$tmp/figure.pdf" ;;
*)
    echo "figure.sh: $file is neither .tex nor .dot" >&2
    exit 2 ;;
esac

pdftocairo -svg "$tmp/figure.pdf" "$tmp/figure.svg"
# no DTD; on the screen a third larger than on paper, as the text is
awk 'NR < 4 && /<svg / {
        while (match($0, /(width|height)="[0-9.]+pt"/)) {
            split(substr($0, RSTART, RLENGTH), a, "\"")
            $0 = substr($0, 1, RSTART - 1) a[1] "\"" sprintf("%.2f", a[2] * 1.33) "\"" substr($0, RSTART + RLENGTH)
        } }
    !/^<!DOCTYPE/' "$tmp/figure.svg" >"$tmp/screen.svg"
mv "$tmp/figure.pdf" "$out/$name.pdf"
mv "$tmp/screen.svg" "$out/$name.svg"
