#!/bin/sh
# figures.sh BUILD [--book DIR] [--results DIR]: every figure of the book -> BUILD/fig/
# A figure is made again when its source, the house style or figure.sh is newer.
set -eu
build=$1; shift
. "$(dirname "$0")/options.sh"
mkdir -p "$build/fig" "$build/plot"

make_one() {                    # source, name below fig/, what it is drawn from
    out=$build/fig/$2
    for newer in "$1" "$style/coilfig.sty" "$here/figure.sh" "$here/plot.py"; do
        if [ ! -e "$out.svg" ] || [ "$newer" -nt "$out.svg" ]; then
            echo "figure $2"
            case $1 in
            *.json)
                /usr/bin/python3 "$here/plot.py" "$1" "$build/plot/$2.tex"
                "$here/figure.sh" "$build/plot/$2.tex" "$(dirname "$out")" ;;
            *) "$here/figure.sh" "$1" "$(dirname "$out")" ;;
            esac
            return
        fi
    done
}

bad=0
for f in "$book"/figures/*.tex "$book"/figures/*.dot; do
    if [ -e "$f" ]; then name=$(basename "$f"); make_one "$f" "${name%.*}" || bad=1; fi
done
for f in "$book"/transcripts/*/fig-*.dot; do
    if [ -e "$f" ]; then name=${f#"$book/transcripts/"}; make_one "$f" "${name%.dot}" || bad=1; fi
done
for f in "$results"/*.json; do
    if [ -e "$f" ]; then make_one "$f" "plot-$(basename "$f" .json)" || bad=1; fi
done
exit $bad
