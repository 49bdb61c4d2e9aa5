#!/usr/bin/env bash
# Puts an Asterisk that you compiled in the place of Debian's, in a copy of the tests' tree.
#
# usage: tests/asterisk/other-asterisk.sh SOURCE TREE [MODULE.so ...]
#        ASTERISK_TESTS_TREE=TREE .venv/bin/python -m pytest tests/asterisk -n0
#
# SOURCE is a folder in which Asterisk's make has run; it needs the modules of asterisk-conf/modules.conf
# (make menuselect) and need not be installed. MODULE.so are modules from elsewhere, compiled against
# SOURCE's headers: Opus, which Asterisk's own source lacks. TREE is made anew from the tree of
# build-tree.sh; libraries that it lacks are this machine's.
set -euo pipefail

SOURCE=${1:?usage: $0 SOURCE TREE [MODULE.so ...]} TREE=${2:?usage: $0 SOURCE TREE [MODULE.so ...]}
shift 2
here=$(dirname "$0")
[ -x "$SOURCE/main/asterisk" ] || { echo "other-asterisk: no $SOURCE/main/asterisk: run make there" >&2; exit 1; }

env -u ASTERISK_TESTS_TREE "$here/build-tree.sh"
cache=${XDG_CACHE_HOME:-$HOME/.cache}
[ "$(id -u)" = 0 ] && cache=/var/cache
rm -rf "$TREE"
cp -a "$cache/appliance-tests/asterisk" "$TREE"

libraries=$(echo "$TREE"/usr/lib/*-linux-gnu)
modules=$libraries/asterisk/modules
rm -f "$modules"/*.so "$libraries"/libasterisk*
cp "$SOURCE/main/asterisk" "$TREE/usr/sbin/asterisk"
cp -a "$SOURCE"/main/libasterisk*.so* "$libraries/"
for kind in apps bridges cdr cel channels codecs formats funcs pbx res; do
    find "$SOURCE/$kind" -maxdepth 1 -name '*.so' -exec cp -t "$modules" {} +
done
[ $# = 0 ] || cp -t "$modules" "$@"
# Asterisk checks options against the description of them that belongs to it.
cp "$SOURCE/doc/core-en_US.xml" "$TREE/usr/share/asterisk/documentation/"
for program in "$TREE/usr/sbin/asterisk" "$modules"/*.so; do
    ldd "$program" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p'
done | sort -u | while read -r library; do
    name=$(basename "$library")
    [ -e "$libraries/$name" ] || cp -L "$library" "$libraries/$name"
done
chmod -R a+rX "$TREE"
"$TREE"/usr/lib64/ld-linux-*.so.2 --library-path "$libraries" "$TREE/usr/sbin/asterisk" -V
