#!/bin/sh
# preview.sh BUILD NN-slug FILE.nw...: one chapter as a PDF, other chapters by number only
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1 only=$2; shift 2
"$here/weave.sh" "$build" "$@"
"$here/figures.sh" "$build"
"$here/render.sh" latex "$build" --only "$only"
"$here/pdf.sh" "$build" --only "$only"
