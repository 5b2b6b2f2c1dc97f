#!/bin/sh
# book.sh WORK text|html|pdf FILE.nw...: weave our own book, as ./coil book does, and judge it
#   text  references, citations, blocks, figures and measurements; html and pdf need it
#   html  every link and picture
#   pdf   overfull boxes, characters, fonts
set -eu
work=$1 part=$2; shift 2
weave=$(cd "$(dirname "$0")/../../weave" && pwd)
case $part in
text)
    "$weave/weave.sh" "$work" "$@"
    "$weave/figures.sh" "$work"
    "$weave/render.sh" latex "$work" ;;
html)
    "$weave/render.sh" html "$work"
    /usr/bin/python3 "$weave/check-html.py" "$work/html" ;;
pdf)
    "$weave/pdf.sh" "$work" ;;
esac
