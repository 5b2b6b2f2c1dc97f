#!/bin/sh
# pdf.sh BUILD [--book DIR] [--only NN-slug]: BUILD/book.tex -> BUILD/book.pdf, and judge the run
set -eu
build=$1; shift
. "$(dirname "$0")/options.sh"
job=${only:-book}
mkdir -p "$build/tex" "$build/fig"
build=$(cd "$build" && pwd)
ln -sfn ../fig "$build/tex/fig"

# TeX prints [12] as it ships page 12; show where it is, in place on a terminal
progress() {
    awk -v job="$job" -v tty="$([ -t 1 ] && echo 1 || echo 0)" '
        /^Run number/ { other = /xdvipdfmx/; run++; shown = 0; page = 0 }
        other { next }
        { while (match($0, /\[[0-9]+[]{]?/)) {
              n = substr($0, RSTART + 1) + 0; $0 = substr($0, RSTART + RLENGTH)
              if (n != page + 1) continue
              page = n
              if (tty) printf "\r%s.pdf: run %d, page %d ", job, run, page
              else if (page >= shown + 50) { shown = page; printf "%s.pdf: run %d, page %d\n", job, run, page }
              fflush() } }
        END { if (tty) print "" }'
}
rc=0
rm -f "$build/tex/$job.failed"
for f in "$style"/*.sty "$style"/*.tex "$style/book.latex"; do         # an old aux file may say what the new style cannot read
    if [ "$f" -nt "$build/tex/$job.aux" ]; then rm -f "$build/tex/$job.aux" "$build/tex/$job.toc"; fi
done
# the packages as a format; where that cannot be, as with a TeX that has other ones, they are read each time
preload() {
    for f in "$style"/*.sty "$style"/*.tex "$(kpsewhich -engine=xetex xelatex.fmt)" $(kpsewhich -all ls-R); do  # ls-R: a package came
        if [ "$f" -nt coil.fmt ]; then rm -f coil.fmt; fi
    done
    if [ ! -e coil.fmt ]; then
        xelatex -ini -interaction=nonstopmode -halt-on-error -jobname=coil '&xelatex' preload.tex >coil.run 2>&1 || rm -f coil.fmt
    fi
    if [ -e coil.fmt ]; then tex='xelatex -fmt=coil'; else tex=xelatex; echo "No format: TeX reads all packages; see $PWD/coil.run"; fi
}
typeset() {
    if [ -z "$only" ]; then
        latexmk -norc -pdfxe -pdfxelatex="$tex %O %S" -interaction=nonstopmode -halt-on-error -file-line-error -e '$max_repeat=6;' -jobname="$job" "../$job.tex"
        return
    fi
    for run in 1 2; do                                  # a preview need not settle every page number, nor how low a side note stands
        echo "Run number $run"
        grep -v '^.noteat' "$job.aux" >"$job.last" 2>/dev/null || : >"$job.last"
        $tex -no-pdf -interaction=nonstopmode -halt-on-error -file-line-error -jobname="$job" "../$job.tex" || return 1
        if grep -v '^.noteat' "$job.aux" | cmp -s - "$job.last"; then break; fi
    done
    xdvipdfmx -q -o "$job.pdf" "$job.xdv"
}
{
    cd "$build/tex"
    export MKTEXTFM=0 TEXINPUTS=".:$style:"
    preload
    typeset </dev/null 2>&1 || echo failed >"$job.failed"
} | tee "$build/tex/$job.run" | progress
if [ -e "$build/tex/$job.failed" ]; then rc=1; fi
/usr/bin/python3 "$here/check-log.py" "$build/tex/$job.log" "$build/$job.tex" || rc=1
if [ $rc -eq 0 ]; then
    pdffonts "$build/tex/$job.pdf" >"$build/tex/$job.fonts"
    awk 'NR > 2 && $(NF - 4) != "yes" { print "a font is not embedded: " $1; bad = 1 } END { exit bad }' \
        "$build/tex/$job.fonts" >&2 || rc=1
fi
if [ $rc -ne 0 ]; then
    grep -a -E 'Latexmk: (ERROR|.*(repeat|too many))' "$build/tex/$job.run" >&2 || true
    echo "pdf.sh: $job.pdf is not fit to print; see $build/tex/$job.log" >&2
    rm -f "$build/$job.pdf"
    if [ -e "$build/tex/$job.failed" ]; then rm -f "$build/tex/$job.aux" "$build/tex/$job.toc" "$build/tex/coil.fmt"; fi  # any may be broken
    exit 1
fi
cp "$build/tex/$job.pdf" "$build/$job.pdf.new" && mv "$build/$job.pdf.new" "$build/$job.pdf" || {
    rm -f "$build/$job.pdf.new"
    exit 1
}
echo "$build/$job.pdf"
