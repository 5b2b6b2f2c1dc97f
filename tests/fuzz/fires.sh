#!/bin/sh
# fires.sh MUTANTS TREE OUT OBJECTS COMPILER...: break the library, one line
# at a time, and see the fuzzer find it. MUTANTS holds, for each, the file,
# a text that stands there once, the text in its place, and an empty line.
# OBJECTS is a file that names the objects of the fuzzer, one a line.
#
# Addresses decide where the collector looks first and what the fuzzer takes
# for new, so one seed finds a mutant after 30 runs or after 1700. A mutant
# that is found costs only the runs up to it: the limit may be generous.
set -eu
mutants=$1 tree=$2 out=$3 objects=$4 runs=20000
shift 4
count=0 failed=0
mkdir -p "$out"

# mutate: the file with the text replaced; it must be there once
mutate() {
    awk -v old="$old" -v new="$new" '
        { at = index($0, old) }
        at { n++; $0 = substr($0, 1, at - 1) new substr($0, at + length(old)) }
        { print }
        END { exit n != 1 }' "$tree/$file" > "$out/mutant.c"
}

# build COMPILER...: the fuzzer with the mutant in the place of the file
build() {
    mutate || { why='not there once'; return 1; }
    "$@" -I"$tree/include" -I"$tree" -c "$out/mutant.c" -o "$out/mutant.o" ||
        { why='does not compile'; return 1; }
    grep -v "/${file}\.o$" "$objects" > "$out/others"
    [ $(($(wc -l < "$objects") - $(wc -l < "$out/others"))) = 1 ] ||
        { why='no object of its own'; return 1; }
    tr '\n' '\0' < "$out/others" |
        xargs -0 "$@" -o "$out/mutant" "$out/mutant.o" -lm ||
        { why='does not link'; return 1; }
}

# fires: the fuzzer stops at the mutant, and says why
fires() {
    if (ulimit -c 0; "$out/mutant" -runs=$runs -seed=1 -max_len=512 \
            -timeout=20 -artifact_prefix="$out/") > "$out/log" 2>&1; then
        why="not found in $runs runs"
        return 1
    fi
    why=$(grep -m 1 -o -e 'not so: .*' -e 'ERROR: AddressSanitizer: [a-z-]*' \
        -e 'internal error in .*' -e 'checked error in .*' \
        -e 'runtime error: .*' "$out/log") ||
        { why='stops, and does not say why'; return 1; }
}

while IFS= read -r file; do
    IFS= read -r old
    IFS= read -r new
    IFS= read -r empty || :
    [ -n "$file" ] && [ -z "$empty" ] || { echo "cannot read $mutants"; exit 1; }
    count=$((count + 1)) why=
    mark=ok
    build "$@" && fires || mark=MISSED failed=1
    printf '%s %s: %s\n    %s\n' "$mark" "$file" "$old" "$why"
done < "$mutants"
rm -f "$out"/mutant* "$out"/crash-* "$out"/leak-* "$out"/others
echo "$count mutants"
[ "$count" -gt 0 ] && [ $failed = 0 ]
