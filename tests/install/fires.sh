#!/bin/sh
# fires.sh SOURCE WORK: run.sh must notice a library that shows its insides.
set -eu
source=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work"
mkdir -p "$work/copy"
cp -r "$source/CMakeLists.txt" "$source/cmake" "$source/src" "$work/copy"
sed 's/coil_\*;/*;/' "$source/cmake/libcoil.map" > "$work/copy/cmake/libcoil.map"
if "$here/run.sh" "$work/copy" "$work/run" > "$work/log" 2>&1; then
    echo "install: run.sh saw nothing in a library that shows all" >&2
    exit 1
fi
grep -q 'the shared library shows . coili_' "$work/log" ||
    { cat "$work/log" >&2; exit 1; }
