#!/bin/sh
# fires.sh PROGRAM SOURCE: each test of the program must fail, and say what
# the comment behind its name says.
program=$1 source=$2 failed=0 count=0
list=$(sed -n 's,^TEST(\([a-z_]*\)) *\/\* \(.*\) \*/$,\1|\2,p' "$source")
if [ "$(echo "$list" | wc -l)" != "$(grep -c '^TEST(' "$source")" ]; then
    echo "a test without its text"
    exit 1
fi
IFS='
'
for line in $list; do
    name=${line%%|*} text=${line#*|} count=$((count + 1))
    if said=$("$program" "$name" 2>&1); then
        echo "$name passes"
        failed=1
    elif ! printf '%s\n' "$said" | grep -qF -- "$text"; then
        printf '%s does not say: %s\n%s\n' "$name" "$text" "$said"
        failed=1
    fi
done
if "$program" no_such_test >/dev/null 2>&1; then
    echo "a program that runs no test passes"
    failed=1
fi
echo "$count tests fail as they must"
exit $failed
