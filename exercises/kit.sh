#!/bin/sh
# kit.sh OUT TREE DRIVE COMPILER FLAG...: the library of one snapshot and the
# drivers' main, as one judged build links them: OUT/libcoil.a, OUT/drive.o.
set -eu
out=$1 tree=$2 drive=$3
shift 3
rm -rf "$out"
mkdir -p "$out/objects"
cd "$tree"
sources=$(find . -name '*.c' ! -path './demo/*' ! -path './exercises/*' | sort)
for f in $sources; do
    name=$(echo "${f#./}" | tr / .)
    "$@" -I"$tree" -I"$tree/include" -c "$f" -o "$out/objects/${name%.c}.o"
done
ar rcsD "$out/libcoil.a" "$out"/objects/*.o
rm -r "$out/objects"
"$@" -I"$(dirname "$drive")" -I"$tree/include" -c "$drive" -o "$out/drive.o"
