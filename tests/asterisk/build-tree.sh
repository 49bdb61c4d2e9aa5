#!/usr/bin/env bash
# Puts an Asterisk and two SIP phones where the tests find them, without installing anything.
#
# usage: tests/asterisk/build-tree.sh            (quick when the tree is there already)
#
# Downloads Debian's own packages of asterisk, baresip and sip-tester (SIPp) with all they need, the
# C library included, and unpacks them into one directory: $ASTERISK_TESTS_TREE, else
# ~/.cache/appliance-tests/asterisk, for root /var/cache/appliance-tests/asterisk (the programs run as
# a user who may not look into root's home). Nothing runs at unpacking, no package of this machine is touched
# and no root is needed: the programs are started with the tree's own loader and libraries
# (tests/asterisk/tree.py). About 20 seconds and 400 MB.
#
# $ASTERISK_TESTS_SUITE names another Debian suite that has asterisk (default: forky). For an Asterisk that you
# compiled: other-asterisk.sh.
set -euo pipefail

SUITE=${ASTERISK_TESTS_SUITE:-forky}
cache=${XDG_CACHE_HOME:-$HOME/.cache}
[ "$(id -u)" = 0 ] && cache=/var/cache
TREE=${ASTERISK_TESTS_TREE:-$cache/appliance-tests/asterisk}
PACKAGES=(asterisk asterisk-core-sounds-en-gsm baresip-core sip-tester)
STAMP="$SUITE ${PACKAGES[*]} 1"
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
    echo "build-tree: $1" >&2
    exit 1
}

mkdir -p "$(dirname "$TREE")"
exec 9>"$TREE.lock" && flock 9 # one at a time
if [ "$(cat "$TREE/.stamp" 2>/dev/null)" = "$STAMP" ]; then
    exit 0
fi
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || fail "$tool is missing: this needs Debian or Ubuntu"
done
[ -r "$KEYRING" ] || fail "$KEYRING is missing: apt-get install debian-archive-keyring"

# The Debian mirror this machine uses, in either form of apt's lists.
mirror=$(sed -n -e 's/^URIs: *\([^ ]*\/debian\)\/\?$/\1/p' -e 's/^deb \(\[[^]]*\] \)\?\([^ ]*\/debian\)\/\? .*/\2/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | head -1) || true
[ -n "$mirror" ] || fail "apt's lists name no Debian mirror: add one to /etc/apt/sources.list"

work="$TREE.building"
rm -rf "$work"
mkdir -p "$work"/apt/{lists/partial,cache/archives/partial,parts} "$work/root"
trap 'rm -rf "$work"' EXIT
: >"$work/apt/status" # an empty machine: every package that is needed gets downloaded
echo "deb [signed-by=$KEYRING] $mirror $SUITE main" >"$work/apt/sources.list"

apt=(apt-get -q -y
    -o Dir::State="$work/apt" -o Dir::State::status="$work/apt/status" -o Dir::State::lists="$work/apt/lists"
    -o Dir::Cache="$work/apt/cache" -o Dir::Etc::sourcelist="$work/apt/sources.list"
    -o Dir::Etc::sourceparts="$work/apt/parts" -o APT::Sandbox::User= -o Debug::NoLocking=1
    -o APT::Update::Post-Invoke::= -o APT::Install-Recommends=false -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    -o APT::Update::Error-Mode=any -o Acquire::Retries=3 -o APT::Get::List-Cleanup=false)
for step in update "--download-only install ${PACKAGES[*]}"; do
    # shellcheck disable=SC2086 # the step is several words
    if ! "${apt[@]}" $step >>"$work/log" 2>&1; then
        tail -20 "$work/log" >&2
        fail "Debian's packages cannot be had from $mirror (see above)"
    fi
done

# One system of directories, as every present Debian has it.
mkdir -p "$work"/root/usr/{bin,sbin,lib,lib64}
for name in bin sbin lib lib64; do ln -s "usr/$name" "$work/root/$name"; done
for package in "$work"/apt/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work/root" --keep-directory-symlink --no-same-owner \
        --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
        --exclude='./dev/*'
done
# What the packages' own scripts would have done: the prompts under the name of their language.
ln -s en_US_f_Allison "$work/root/usr/share/asterisk/sounds/en"
chmod -R a+rX "$work/root"
echo "$STAMP" >"$work/root/.stamp"
rm -rf "$TREE"
mv "$work/root" "$TREE"
echo "build-tree: $(du -sh "$TREE" | cut -f1) in $TREE"
