#!/bin/sh
# run.sh WORK [COMMAND...]: a Debian with nothing but git, in the folder WORK;
# clone the last commit into it, run ./coil book and ./coil test, and say how
# long each took. Root, debootstrap, and some 4 GB are needed. The packages
# come from where this machine has its own. Not part of ctest.
set -eu
work=$1
shift
[ $# -gt 0 ] || set -- "./coil book" "./coil test"
source=$(cd "$(dirname "$0")/../.." && pwd)
[ "$(id -u)" = 0 ] || { echo "run.sh: root is needed" >&2; exit 1; }
command -v debootstrap >/dev/null ||
    { echo "run.sh: debootstrap is missing" >&2; exit 1; }

mkdir -p "$work"

# Where this machine's Debian comes from: "deb URI suite component".
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
apt-get indextargets --format '$(ORIGIN) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' | sed -n 's/^Debian //p' | sort -u > "$work/sources"
mirror=$(awk -v c="$codename" '$3 == c {print $2; exit}' "$work/sources")
[ -n "$mirror" ] || { echo "run.sh: no mirror of $codename" >&2; exit 1; }

tree=$work/tree
rm -rf "$tree"
mkdir -p "$tree"
echo "A Debian $codename with git alone, in $tree"
debootstrap --variant=minbase --include=git "$codename" "$tree" "$mirror" \
    > "$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log" >&2; exit 1; }
cp "$work/sources" "$tree/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::(http|https|Check|Retries|ForceIPv)' \
    > "$tree/etc/apt/apt.conf.d/99host" || true
rm -rf "$tree"/var/lib/apt/lists/*      # a fresh machine may have none
cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
git -C "$source" bundle create -q "$tree/coil.bundle" HEAD

cat > "$tree/go" <<'END'
set -eu
cd /root
git clone -q /coil.bundle coil && cd coil && git checkout -q --detach
for command in "$@"; do
    start=$(date +%s)
    status=0
    $command < /dev/null || status=$?
    end=$(date +%s)
    echo "$command: $((end - start)) s, status $status" >> /times
done
END

# In its own mount, process and host-name world; nothing of ours is left
# visible, and nothing of it outlives this line.
cat > "$work/enter" <<'END'
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mkdir -p old
mount -t proc proc proc
mount -t tmpfs tmpfs tmp
mount -t tmpfs tmpfs dev
for d in null zero full random urandom tty; do
    : > dev/$d
    mount --bind /dev/$d dev/$d
done
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr
mkdir dev/shm dev/pts
mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
pivot_root . old
shift
exec chroot . /bin/sh -c 'umount -l /old && rmdir /old &&
    exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin sh /go "$@"' \
    sh "$@"
END
: > "$tree/times"
unshare --mount --pid --fork --uts --ipc sh "$work/enter" "$tree" "$@"
echo
cat "$tree/times"
! grep -qv 'status 0$' "$tree/times"
