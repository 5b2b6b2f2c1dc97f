# options.sh: read by the weave scripts; parses the options that they share.
#   $build is set before; sets $here $book $results $only $style $SOURCE_DATE_EPOCH
here=$(cd "$(dirname "$0")" && pwd)
book=book results=bench/results only=
while [ $# -gt 0 ]; do
    case $1 in
    --book) book=$2 ;;
    --results) results=$2 ;;
    --only) only=$2 ;;
    *) echo "$(basename "$0"): unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done
style=$(cd "$here/../../book/style" && pwd)
# the book's own date, not the clock's: the same text gives the same bytes
date=$(sed -n 's/^date: *//p' "$book/book.yaml")
SOURCE_DATE_EPOCH=$(date -u -d "$date" +%s)
FORCE_SOURCE_DATE=1
export SOURCE_DATE_EPOCH FORCE_SOURCE_DATE
