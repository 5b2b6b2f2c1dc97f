#!/bin/sh
# run.sh SOURCE WORK: build libcoil from src/ with a C compiler and CMake
# alone, install it, and use it as a stranger would.
set -eu
source=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)

fail() {
    echo "install: $*" >&2
    exit 1
}

quietly() {
    "$@" > "$work/log" 2>&1 || { /bin/cat "$work/log" >&2; fail "$*"; }
}

rm -rf "$work"
mkdir -p "$work/bin"

# No noweb, no pandoc, no python3: only what a compiler and CMake need.
cmake=$(command -v cmake)
for tool in gcc cc as ld ar ranlib nm sh ninja pkg-config; do
    ln -s "$(command -v $tool)" "$work/bin/$tool"
done
PATH=$work/bin
export PATH
quietly "$cmake" -S "$source" -B "$work/build" -G Ninja -DCOIL_BOOK=OFF \
    -DCOIL_TESTS=OFF -DCOIL_WERROR=ON -DCMAKE_INSTALL_LIBDIR=lib \
    -DCMAKE_INSTALL_PREFIX="$work/prefix" -DCMAKE_C_COMPILER=gcc
quietly "$cmake" --build "$work/build"
quietly "$cmake" --install "$work/build"

try() {                                  # each client prints 42
    got=$("$work/client/$1") || fail "$1: status $?"
    [ "$got" = 42 ] || fail "$1 prints '$got'"
}

# 1. find_package
quietly "$cmake" -S "$here" -B "$work/client" -G Ninja \
    -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_C_COMPILER=gcc
quietly "$cmake" --build "$work/client"
try shared
try static

# 2. pkg-config
export PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig"
flags() { pkg-config $short "$@" coil; }
short=
case $work in                            # flags cannot hold a blank
*' '*)
    link=$(/bin/mktemp -d)
    trap '/bin/rm -rf "$link"' EXIT
    /bin/ln -s "$work/prefix" "$link/prefix"
    short=--define-variable=prefix=$link/prefix ;;
esac
quietly gcc $(flags --cflags) -o "$work/client/pc-shared" "$here/client.c" \
    $(flags --libs) -Wl,-rpath,"$work/prefix/lib"
try pc-shared
quietly gcc -static $(flags --cflags) -o "$work/client/pc-static" \
    "$here/client.c" $(flags --static --libs)
try pc-static

# 3. nothing but coil_ leaves the shared library, and each name has a version
nm -D --defined-only "$work/prefix/lib/libcoil.so" > "$work/names"
while read -r _ kind name; do
    case $kind.$name in
    A.COIL_0*|?.coil_*@@COIL_0|?.COIL_*@@COIL_0) ;;
    *) fail "the shared library shows $kind $name" ;;
    esac
done < "$work/names"
[ -s "$work/names" ] || fail "the shared library shows nothing"
case $(/usr/bin/readelf -d "$work/prefix/lib/libcoil.so") in
*'SONAME'*'[libcoil.so.0]'*) ;;
*) fail "the shared library has no soname" ;;
esac
