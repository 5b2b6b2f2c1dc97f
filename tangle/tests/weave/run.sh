#!/bin/sh
# run.sh BUILD [CASE...]: the tests of the weave, all or the named ones; run.sh --list names them.
# The sample is a small book with every construct and every awkward character. The cases that
# begin with "bad-" add one fault to a copy of it and expect the complaint, with file and line.
# Exit: 0 all pass, 77 the only case asked for needs a tool that is missing, 1 otherwise.
set -u
here=$(cd "$(dirname "$0")" && pwd)
weave=$(cd "$here/../../weave" && pwd)
cases=$(sed -n 's/^case_\([a-z0-9_]*\)() .*/\1/p' "$0" | tr _ -)
if [ "${1:-}" = --list ]; then echo "$cases"; exit; fi
[ $# -gt 0 ] || { echo "usage: run.sh BUILD [CASE...] | --list" >&2; exit 2; }
mkdir -p "$1"
root=$(cd "$1" && pwd); shift

fail() { echo "FAIL $name: $*"; failed=1; }
need() { command -v "$1" >/dev/null || { echo "SKIP $name: no $1"; exit 77; }; }
has() {                         # file, text...: the file holds each text
    file=$1; shift
    for text; do grep -q -F -e "$text" "$file" || fail "no '$text' in $file"; done
}
hasnot() { if grep -q -F -e "$2" "$1"; then fail "'$2' is in $1"; fi; }
start() {                       # a fresh copy of the sample, in work/src
    work=$root/$name
    rm -rf "$work"
    mkdir -p "$work"
    cp -r "$here/sample" "$work/src"
    cd "$work" || exit 1
}
json() { "$weave/weave.sh" "${1:-out}" src/*.nw; }
figures() { "$weave/figures.sh" out --book src --results src/results >figures.txt; }
render() { f=$1; shift; "$weave/render.sh" "$f" "${1:-out}" --book src --results src/results; }
pdf() { "$weave/pdf.sh" "${1:-out}" --book src; }
must() { "$@" >must.txt 2>&1 || { fail "$* fails"; tail -20 must.txt; }; }

check_html() { /usr/bin/python3 "$weave/check-html.py" site; }
plot() { /usr/bin/python3 "$weave/plot.py" src/results/01-torture.json x.tex "$1"; }

# refuse COMMAND MESSAGE: the command fails and says so
refuse() {
    if $1 >refused.txt 2>&1; then fail "accepted"; fi
    grep -q -e "$2" refused.txt || { fail "no complaint '$2'"; cat refused.txt; }
}
add() { printf '\n%s\n' "$*" >>src/02-more.nw; line=$(grep -c '' src/02-more.nw); }
bad() { json >/dev/null && render latex; }
badpdf() { json && render latex && pdf; }

# ---- the formats ---------------------------------------------------------------------
case_json_stable() {
    start; must json; before=$(ls --full-time out/parts)
    must json; [ "$before" = "$(ls --full-time out/parts)" ] || fail "a part was touched"
    must json other; diff -rq out other || fail "two runs differ"
    cp src/02-more.nw src/03-gone.nw; must json; rm src/03-gone.nw       # now what another chapter must see
    printf '\n<<say hello>>=\nint more = judged();\n@ %%def more\n' >>src/02-more.nw; must json other; must json
    diff -rq out other || fail "after an edit, the parts differ from those made at once"
    has out/parts/02-more.json '"more"'; has out/parts/01-torture.json '"next"'
    : >out/parts/01-torture.json; rm out/parts/01-torture.key; must json
    diff -rq out other || fail "a part without its key was kept"
}
case_pieces() {                  # LaTeX is drawn anew exactly where it would differ
    start; must json "./my out.v1"; must render latex "./my out.v1"; before=$(ls --full-time "my out.v1/parts")
    must json "./my out.v1"; must render latex "./my out.v1"; [ "$before" = "$(ls --full-time "my out.v1/parts")" ] || fail "a piece was touched"
    must json; must render latex; before=$(ls --full-time out/parts); must render latex; [ "$before" = "$(ls --full-time out/parts)" ] || fail "a piece was touched"
    touch now; add 'One more sentence.'; must json; must render latex
    [ "$(find out/parts -name '*.tex' -newer now)" = out/parts/02-more.tex ] || fail "an edit in one chapter draws another one"
    must json other; must render latex other; cmp out/book.tex other/book.tex || fail "after an edit, the book differs from one drawn at once"
    echo 'printed anew' >src/transcripts/01-torture/hello.txt; must render latex; has out/book.tex 'printed\ anew'
    add '## A section that chapter 1 names {#sec:new}'; sed -i 's/^@ %def hello .*/&\n\nSee @sec:new.\n/' src/01-torture.nw
    must json; must render latex; has out/parts/01-torture.tex 'See \hyperref[sec:new]'
    sed -i '0,/^## /s//## Before it {#sec:before}\n\nA number goes up.\n\n## /' src/02-more.nw; must json; must render latex; must json other; must render latex other
    cmp out/book.tex other/book.tex || fail "what has another number in one chapter keeps it in another one"
    rm out/parts/02-more.tex; must render latex; cmp out/book.tex other/book.tex || fail "a piece that is gone is missed"
    mv src/results results; ln -s ../results src/results; must render latex; sed -i 's/0\.52/0.99/' results/01-torture.json; must render latex; has out/book.tex '0.99'
    add '@sec:gone'; must json; refuse 'render latex' 'undefined reference @sec:gone'; refuse 'render latex' 'undefined reference @sec:gone'
    [ "$(grep -c 'sec:gone' refused.txt)" = 1 ] || fail "complains more than once"
}
case_figures() {
    start; must figures
    for f in boxes arrows 01-torture/fig-heap plot-01-torture; do
        [ -s "out/fig/$f.pdf" ] && [ -s "out/fig/$f.svg" ] || fail "no figure $f"
        hasnot "out/fig/$f.svg" DOCTYPE
    done
    has out/plot/plot-01-torture.tex 'live, near \& dear' '0.52 $\times$ CPython 3.11' '{L};' 'L: Lua 5.4'
    must figures; [ -s figures.txt ] && fail "made figures again that were up to date"
    cp -r out/fig first; rm -rf out/fig; must figures; diff -r first out/fig >/dev/null || fail "figures differ from run to run"
    pdftotext out/fig/arrows.pdf arrows.txt; has arrows.txt 'one & two'
    pdffonts out/fig/arrows.pdf >fonts.txt; has fonts.txt TeXGyrePagella
}
case_pdf() {
    need xelatex; start; must json; must figures; must render latex; must pdf
    pdftotext -layout out/book.pdf text.txt; pdfinfo out/book.pdf >info.txt; pdffonts out/book.pdf >fonts.txt
    has info.txt 'Torture & 100%: The machinery' 'The Coil authors' '540 x 666'
    awk 'NR > 2 && $(NF-4) != "yes" { bad = 1 } END { exit bad }' fonts.txt || fail "a font is not embedded"
    has text.txt '100 % & # a_b ~ ^ { } \ $5 < >' 'hello("a \"quoted\" % & # _ ~ ^ { } \\ $ < > string");' \
        '/* a comment: hello % & # _ ~ ^ { } \ $ */' '⟨data with % & # _ ~ ^ { } \ $ and "quotes"' '(empty until chapter 2)' \
        '$ ./hello' 'python3 hello.py prints the same' 'only Python here' 'builds here' 'tests error, int' 'Figure 1.1.' 'Table 1.2.' \
        'Exercise 1.1' '30 minutes' 'fix 100 %' '45 minutes, 12 points' '$ ./coil start torture-judged' '⟨exercises/01-torture/judged/judged.c' 'CC BY 4.0' 'if (a < b && c[0]' '(Collins 1960; Knuth 1984, sec. 2)' '0.52' '1 300 000' 'A footnote in a table: t_n & 5 %.' \
        'walk_the_heap 100, mark_one 10' '(nameless) 50' '112 instructions' 'int exactly_72_columns = 1000000000 + 2000000000 + 3000000000 + (45678);' '2026-11-24'
    grep -q '⟨say hello [0-9]*[a-z]⟩' text.txt || fail "no chunk with a page and a letter"
    grep -q 'hello.*[0-9][a-z].*, [0-9]' text.txt || fail "no index of identifiers"
    pdftohtml -xml -i -stdout out/book.pdf >outline.txt 2>links.txt
    has outline.txt '>1 Torture: 100% of {} &amp; a_b</item>' '>1.1 The code of hello_world &amp; friends</item>' '>Index of chunks</item>'
    grep -v '^$' links.txt && fail "a link leads nowhere"
    has out/tex/book.aux '\miuse'
    hasnot text.txt 'too_small'
    awk -v RS='\f' '/^\n*[^\n]*\n+ *(Defines|Uses) / { exit 1 }' text.txt || fail "a page begins with the notes of a chunk"
}
case_pdf_same() {
    need xelatex; start; must json; must figures; must render latex; must pdf
    mkdir again; cp -r out/fig again/; cp -r out/parts out/book.survey out/index.json again/; rm again/parts/*.tex again/parts/*.tex.key; must render latex again; sleep 1; must pdf again
    cmp out/book.pdf again/book.pdf || fail "two builds differ"
}
case_pdf_without_format() {     # where TeX cannot keep its packages in a format, the book reads the same
    need xelatex; start; must json; must figures; must render latex; must pdf
    has out/tex/book.log 'preloaded format=coil'; mv out/book.pdf with.pdf; rm -r out/tex
    mkdir bin; printf '#!/bin/sh\n[ "$1" != -ini ] || exit 1\nexec %s "$@"\n' "$(command -v xelatex)" >bin/xelatex; chmod 755 bin/xelatex
    plain() { PATH=$PWD/bin:$PATH pdf; }
    must plain; has out/tex/book.run 'No format'; hasnot out/tex/book.log 'preloaded format=coil'
    for f in with.pdf out/book.pdf; do pdftotext -layout "$f" "$f.txt"; done
    cmp with.pdf.txt out/book.pdf.txt || fail "the format makes a difference"
    rm out/tex/book.aux; echo broken >out/tex/coil.fmt; refuse pdf 'not fit to print'; must pdf     # made anew
}
case_pdf_full_disk() {          # what cannot be copied whole is not left as if it were
    need xelatex; start; must json; must figures; must render latex; must pdf; rm out/book.pdf
    mkdir bin; printf '#!/bin/sh\nfor to; do :; done\necho half >"$to"\necho "cp: No space left on device" >&2\nexit 1\n' >bin/cp; chmod 755 bin/cp
    full() { PATH=$PWD/bin:$PATH pdf; }
    refuse full 'No space left'
    [ -e out/book.pdf ] && fail "left a PDF"
}
case_preview() {
    need xelatex; start; must json; must figures
    must "$weave/render.sh" latex out --book src --results src/results --only 02-more
    must "$weave/pdf.sh" out --book src --only 02-more
    pdftotext -layout out/02-more.pdf text.txt
    has text.txt 'It continues Chapter 1.' 'See Exercise 1.1' '1.4' '2.1 Code in another chapter'
    hasnot text.txt 'Torture'; hasnot text.txt '??'
}
case_html() {
    start; must json; must figures; must render html; must /usr/bin/python3 "$weave/check-html.py" out/html
    p=out/html/01-torture.html
    has $p '<html lang="en-US">' 'class="skip"' '<nav class="toc"' '<main id="main">' 'aria-current="page"' 'alt="two boxes &amp; an &quot;arrow&quot; &lt; 3"' \
        '<math' '(empty until chapter 2)' 'href="02-more.html#' 'hello.py</code> prints the same' 'builds here: tests error, int' \
        'Exercise 1.1.' '2 of 5 stars' '<span class="minutes">45 minutes, 12 points</span>' '<kbd>./coil start torture-judged</kbd>' 'Figure 1.4.' 'Table 1.2.' '<code>walk_the_heap</code>' '<code>luaC_step</code>' '<span class="st">&quot;a \&quot;quoted\&quot; % &amp; # _ ~ ^ { } \\ $ &lt; &gt; string&quot;</span>'
    has out/html/index.html 'Torture &amp; 100%' 'CC BY 4.0' '02-more.html#sec:more-code'
    has out/html/search-index.js 'side note with hello' '01-torture.html#sec:long'
    has out/html/chunks.js 'chapter_two'
    has out/html/identifiers.html '<code>hello</code> <a class="def"'
    has out/html/index.html 'rel="next"'
    if grep -r -E 'https?://' out/html --include='*.css' --include='*.js' --include='*.html' | grep -v 'www.w3.org\|example.org\|doi.org'; then fail "an outside resource"; fi
}
case_html_script() {
    need chromium; start; must json; must figures; must render html
    sed 's|</body>|<script src="drive.js"></script></body>|' out/html/01-torture.html >out/html/drive.html
    cp "$here/drive.js" out/html/
    HOME=$work timeout 100 chromium --headless --no-sandbox --disable-gpu --allow-file-access-from-files --virtual-time-budget=8000 \
        --dump-dom "file://$work/out/html/drive.html" >dom.html 2>/dev/null
    has dom.html 'report: expanded' 'report: inner' 'report: copied code &lt;&lt;say hello&gt;&gt;' 'report: copied command ./hello' 'report: found' 'report: dark' 'report: closed'
}
case_epub() {
    start; must json; must figures; must render epub; cp out/book.epub first.epub; sleep 2; must render epub
    cmp out/book.epub first.epub || fail "two runs differ"
    "$weave/check-epub.sh" out/book.epub >check.txt 2>&1; rc=$?
    [ $rc = 77 ] && { cat check.txt; exit 77; }
    [ $rc = 0 ] || { fail "epubcheck complains"; head -5 check.txt; }
}

# a name in a comment, in Python, or in another file is no use of a static function
case_uses() {
    start; add '<<one.c>>='
    printf '%s\n' 'static int finish(void) { return 0; }' '<<go>>' '@ %def finish' '' \
        '<<go>>=' 'int go(void) { return finish(); }' '@' '' '<<two.c>>=' '/* finish */ int go2(int finish) { return finish; }' '@' '' \
        '<<demo/02-more/three.py>>=' 'finish = 1' '@' >>src/02-more.nw
    must json; must render latex
    [ "$(grep -c '^ *\\cnote{Uses .*finish' out/book.tex)" = 1 ] || fail "not one use of finish"
    awk '/^% nw/ { chunk = 0 } /begin{chunk}.*{go}/ { chunk = 1 } chunk' out/book.tex >go.txt; has go.txt 'Uses \code{finish}'
}

# ---- faults ----------------------------------------------------------------------------
case_breaks() {                  # no page ends with an opening brace, none begins with a brace
    start
    { printf '\n<<braces>>=\n'
      for i in 1 2 3 4; do printf 'int f%s(int a)\n{\n    if (a) {\n        a++;\n    }\n    return a;\n}\n\n' $i; done
      printf 'int last;\n@\n'; } >>src/02-more.nw
    must json; must render latex
    awk '/begin{chunk}.*{braces}/ { chunk = 1 } /end{chunk}/ { chunk = 0 }
        chunk && /^\\c(split|break)$/ { n++; if (open) bad = 1; after = 1; next }
        chunk { if (after && /^\\cl[{](\\ )*\\[{}]/) bad = 1; after = 0; open = /\\[{]}$/ }
        END { exit bad || n < 5 }' out/book.tex || fail "a page may break at a brace"
}
case_bad_table_mark() { start; add '| a |'; printf '|---|\n| b |\n\n: A caption. []{.index key="foo"}\n' >>src/02-more.nw; refuse bad 'this table has a caption but no id: A caption'; }
case_bad_heading_mark() { start; add '## A mark []{.index key="foo"} {#sec:mark}'; refuse bad "src/02-more.nw:$line: an index entry in a heading"; }
case_bad_no_references() { start; sed -i '/#refs/,/:::/d' src/*.nw; refuse bad 'works are cited, but no chapter has'; }
case_bad_block() { start; add '```'; add 'typed by hand'; add '```'; refuse bad "src/02-more.nw:$((line - 2)): a verbatim block is neither"; }
case_bad_indented() { start; add '    int indented;'; refuse bad "src/02-more.nw:$line: a verbatim block is neither"; }
case_bad_alt() { start; add '![No alt.](boxes){#fig:noalt}'; refuse bad "src/02-more.nw:$line: figure boxes has no alt text"; }
case_bad_figure_number() { start; add '![It has 7 objects, or 4711.](01-torture/fig-heap){#fig:again alt="x"}'; refuse bad "src/02-more.nw:$line: figure 01-torture/fig-heap does not show the number 4711"; hasnot refused.txt 'number 7'
    add '![It has 1 object.](01-torture/fig-heap){#fig:more alt="x"}'; refuse bad "does not show the number 1$"; }
case_bad_figure() { start; add '![None.](nowhere){#fig:none alt="x"}'; refuse bad "src/02-more.nw:$line: there is no source for figure nowhere"; }
case_bad_reference() { start; add 'See @sec:nowhere.'; refuse bad "src/02-more.nw:$line: undefined reference @sec:nowhere"; }
case_bad_link() { start; add 'See [here](#nowhere).'; refuse bad "src/02-more.nw:$line: undefined reference #nowhere"; }
case_bad_citation() { start; add 'As in [@nobody1999].'; refuse bad "src/02-more.nw:$line: unknown citation @nobody1999"; }
case_bad_id() { start; add '## Again {#sec:code}'; refuse bad "src/02-more.nw:$line: id sec:code is defined twice (first in src/01-torture.nw)"; }
case_bad_id_same_file() { start; add '## Again {#sec:more-code}'; refuse bad "src/02-more.nw:$line: id sec:more-code is defined twice"; }
case_bad_heading() { start; add '## No id'; refuse bad "src/02-more.nw:$line: heading without an id: No id"; }
case_bad_chunk() { start; add '[[<<nobody defines this>>]]'; refuse bad "src/02-more.nw:$line: undefined chunk <<nobody"; }
case_bad_number() { start; add '[]{.num key="01-torture/live-far.ratio"}'; refuse bad "src/02-more.nw:$line: no measurement 01-torture/live-far.ratio"; }
case_bad_results() { start; add '::: {.results file="09-none"}'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: no results src/results/09-none.json"; }
case_bad_row() { start; add '::: {.results file="01-torture" rows="live-far"}'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: no row live-far"; }
case_bad_profile() { start; add '::: {.profile file="profiles/01-torture" rows="live-far"}'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: no row live-far in profiles/01-torture.json"; }
case_bad_transcript() { start; rm src/transcripts/02-more/only.txt; refuse bad 'src/02-more.nw:[0-9]*: no transcript src/transcripts/02-more/only.txt'; }
case_bad_program() {
    start; echo x >src/transcripts/02-more/other.txt; add '```{.transcript program="02-more/other"}'; n=$line; echo '```' >>src/02-more.nw
    refuse bad "src/02-more.nw:$n: transcript of a program the book does not define"
}
case_bad_typed() { start; add '```{.transcript program="02-more/only" cmd="x"}'; printf 'typed\n```\n' >>src/02-more.nw; refuse bad 'must be empty'; }
case_bad_command() { start; add '```{.transcript program="02-more/only" cmd="python3 only.py --all"}'; n=$line; echo '```' >>src/02-more.nw; refuse bad "src/02-more.nw:$n: cmd=\"python3 only.py --all\" is not how 02-more/only was run"; }
case_bad_lines() { start; add '| $ ./hello'; n=$line; echo '| hello, twice' >>src/02-more.nw; refuse bad "src/02-more.nw:$n: lines typed by hand"; }
case_bad_raw() { start; add 'A \textbf{raw} word.'; refuse bad "src/02-more.nw:$line: raw tex in the text"; }
case_bad_div() { start; add '::: sidenote'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: unknown block ::: sidenote"; }
case_bad_points() { start; add '::: {.exercise #ex:p stars=1 minutes=5 points=many title="x"}'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: exercise ex:p: points= is how many"; }
case_bad_exercise() { start; add '::: {.exercise #ex:nostars title="x"}'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: exercise ex:nostars needs stars="; }
case_bad_table() { start; add '| a |'; printf '|---|\n| b |\n\n: A caption.\n' >>src/02-more.nw; refuse bad 'this table has a caption but no id: A caption'; }
case_bad_noweb() { start; add 'An open [[quote'; n=$line; add '<<x>>='; refuse bad 'src/02-more.nw'; }
case_bad_many() {
    start; add '@sec:one'; a=$line; add '[@two]'; refuse bad "02-more.nw:$a: undefined reference @sec:one"
    has refused.txt "02-more.nw:$line: unknown citation @two" '2 errors'
}
case_bad_overfull_code() {
    need xelatex; start; must figures; add '<<wide.c>>='; n=$line
    printf 'int a_line_of_seventy_nine_columns = 1000000000 + 2000000000 + 3000000000 + (45678);\n@\n' >>src/02-more.nw
    refuse badpdf "src/02-more.nw:$n (chunk): line [0-9.]*pt too wide"
    [ -e out/book.pdf ] && fail "left a PDF"
}
case_bad_overfull_prose() {
    need xelatex; start; must figures; add 'Some ordinary words before it and then '"$(printf 'x%.0s' $(seq 90))"' follow.'
    refuse badpdf "src/02-more.nw:$line: line [0-9.]*pt too wide"
}
case_bad_character() { need xelatex; start; must figures; add 'A character of another script: 漢.'; refuse badpdf "src/02-more.nw:$line: no 漢 in font"; }
case_bad_tex() { need xelatex; start; must figures; add 'Math that is none: $\nosuchmacro$.'; refuse badpdf "src/02-more.nw:$line: TeX stopped: Undefined control sequence"; }
case_bad_tex_reference() {
    need xelatex; start; must figures; must json; must render latex
    sed -i 's/^It continues/\\ref{sec:gone} \\label{twice} \\label{twice} &/' out/book.tex
    refuse pdf 'reference sec:gone.* undefined'; has refused.txt 'label twice multiply defined'
}
case_bad_font() {
    need xelatex; start
    printf '%s\n' '\special{pdf:mapline cmr10 default Times-Roman}\font\x=cmr10' '\begin{tikzpicture}\node{\x no font};\end{tikzpicture}' >src/figures/boxes.tex
    must figures; refuse badpdf 'a font is not embedded: Times-Roman'
    [ -e out/book.pdf ] && fail "left a PDF"
}
case_bad_figure_source() { start; echo '\begin{tikzpicture} \nosuch \end{tikzpicture}' >src/figures/boxes.tex; refuse figures 'boxes.tex: LaTeX stopped'; }
case_bad_dot() { start; echo 'digraph {' >src/figures/arrows.dot; refuse figures 'arrows.dot'; [ -e out/fig/boxes.svg ] || fail "one bad figure stops the others"; }
case_bad_dot_warning() {
    start; echo 'digraph { a [shape=record, label="<x> y"]; a:nowhere -> b }' >src/figures/arrows.dot
    refuse figures 'arrows.dot: .*port nowhere unrecognized'
}
case_bad_peer() { start; add '::: {.results file="01-torture" rows="live-near" peers="lua"}'; n=$line; add ':::'; refuse bad "src/02-more.nw:$n: no row live-near@lua"; }
case_bad_plot_row() { start; refuse "plot live-far" 'no row live-far'; }
case_bad_plot_peers() { start; sed -i 's/"live-near"/"live-random@x"/; s/"CPython 3.11", "ratio": 1/"Lisp", "ratio": 1/' src/results/01-torture.json; refuse "plot live-random" 'two peers begin alike'; }
page() { mkdir -p site; printf '<!doctype html><html><body>%s</body></html>' "$1" >site/a.html; echo x >site/b.css; }
case_bad_html_link() { start; page '<a href="gone.html">x</a>'; refuse check_html 'a.html:1: dead link gone.html'; }
case_bad_html_fragment() { start; page '<a href="#gone">x</a>'; refuse check_html 'a.html:1: dead link #gone'; }
case_bad_html_id() { start; page '<p id="x"></p><p id="x"></p>'; refuse check_html 'a.html:1: id x is used twice'; }
case_bad_html_alt() { start; page '<img src="b.css">'; refuse check_html 'a.html:1: picture b.css has no alt'; }
case_bad_epub() {
    start; echo 'not a zip' >x.epub; "$weave/check-epub.sh" x.epub >check.txt 2>&1; rc=$?
    [ $rc = 77 ] && exit 77
    [ $rc = 0 ] && fail "accepted"
}

# ---- run them -----------------------------------------------------------------------------
[ $# -gt 0 ] || set -- $cases
bad=0 only=$#
for name; do
    echo "$cases" | grep -q -x -e "$name" || { echo "run.sh: no case $name" >&2; exit 2; }
    (failed=0; "case_$(echo "$name" | tr - _)"; exit $failed)
    rc=$?
    case $rc in
    0) echo "ok   $name" ;;
    77) [ $only -gt 1 ] || exit 77 ;;
    *) bad=1 ;;
    esac
done
exit $bad
