#!/bin/sh
# transcript.sh check|update TEXT GOT PROGRAM...: run a program and compare
# its standard output with the committed TEXT, or write TEXT anew.
set -eu
mode=$1 text=$2 got=$3
shift 3
export LC_ALL=C.UTF-8
mkdir -p "$(dirname "$got")"
"$@" > "$got" || {
    echo "$text: the program failed with status $?: $*" >&2
    tail -n 5 "$got" >&2
    exit 1
}
if [ "$mode" = update ]; then
    mkdir -p "$(dirname "$text")"
    cmp -s "$got" "$text" || { cp "$got" "$text" && echo "wrote $text"; }
elif [ ! -f "$text" ]; then
    echo "$text is missing: ./coil update writes it" >&2
    exit 1
elif ! diff -u "$text" "$got" >&2; then
    echo "$text is not what the program prints (./coil update rewrites it)" >&2
    exit 1
fi
