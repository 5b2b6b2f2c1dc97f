#!/bin/sh
# check-epub.sh FILE.epub: run epubcheck; exit 77 where there is none
jar=/usr/share/java/epubcheck.jar
if [ ! -e "$jar" ] || ! command -v java >/dev/null; then
    echo "check-epub.sh: no java or no epubcheck; not checked" >&2
    exit 77
fi
exec java -jar "$jar" -q -e "$1"
