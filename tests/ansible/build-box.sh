#!/usr/bin/env bash
# Makes the bare machine that the playbook is tried on: a minimal Debian server as a directory tree, and
# as files what its installation needs, so that nothing is fetched when the tests run.
#
# usage: tests/ansible/build-box.sh [trixie|bookworm]      (root; quick when it is there already)
#
# It lies in $ANSIBLE_TESTS_BOX, else /var/cache/appliance-tests/box, with -bookworm behind it for Debian 12:
#   tree/     Debian as its installer leaves a server without a task: systemd, Python, nftables; no
#             Asterisk, no compiler
#   debs/     what the tree lacks, and on Debian 13 Asterisk of a later Debian
# The tests never write there: they boot a throw-away layer above it. About 2 minutes and 400 MB.
set -euo pipefail

SUITE=${1:-trixie}
BOX=${ANSIBLE_TESTS_BOX:-/var/cache/appliance-tests/box}
SERVER=systemd,systemd-sysv,dbus,python3,python3-apt,nftables,iproute2,procps,ca-certificates
PACKAGES=(python3-venv libgomp1)
case $SUITE in
trixie)
    ASTERISK_SUITE=${ASTERISK_TESTS_SUITE:-forky}
    PACKAGES=(asterisk-core-sounds-en-gsm "${PACKAGES[@]}")
    ;;
bookworm) # the service alone: the later release's Asterisk does not go with it
    ASTERISK_SUITE=
    BOX=$BOX-bookworm
    ;;
*)
    echo "usage: $0 [trixie|bookworm]" >&2
    exit 2
    ;;
esac
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
STAMP="$SUITE $ASTERISK_SUITE $SERVER ${PACKAGES[*]} 1"

fail() {
    echo "build-box: $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "this needs root"
for tool in debootstrap systemd-nspawn nft ip nsenter; do
    command -v "$tool" >/dev/null ||
        fail "$tool is missing: apt-get install debootstrap systemd-container nftables iproute2 util-linux"
done
mkdir -p "$BOX"
exec 9>"$BOX.lock" && flock 9 # one at a time
step() {
    "$@" >>"$BOX/log" 2>&1 9>&- || {
        tail -20 "$BOX/log" >&2
        fail "$* failed (see above)"
    }
}
inside() {
    local root=$1
    shift
    step env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
        ${https_proxy:+https_proxy="$https_proxy"} chroot "$root" "$@"
}

build_tree() {
    local mirror tree=$BOX/tree.new
    # The Debian mirror this machine uses, in either form of apt's lists.
    mirror=$(sed -n -e 's/^URIs: *\([^ ]*\/debian\)\/\?$/\1/p' -e 's/^deb \(\[[^]]*\] \)\?\([^ ]*\/debian\)\/\? .*/\2/p' \
        /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | head -1) || true
    [ -n "$mirror" ] || fail "apt's lists name no Debian mirror: add one to /etc/apt/sources.list"
    rm -rf "$tree" "$BOX/tree" "$BOX/debs" "$BOX/apt"
    step debootstrap --variant=minbase --include="$SERVER" "$SUITE" "$tree" "$mirror" /usr/share/debootstrap/scripts/sid

    # For as long as the packages are fetched: how this machine reaches its mirror, and two suites.
    cp -a "$tree/etc/apt" "$BOX/apt"
    cp /etc/apt/apt.conf.d/* "$tree/etc/apt/apt.conf.d/"
    cp /etc/resolv.conf "$tree/etc/resolv.conf"
    for suite in "$SUITE" $ASTERISK_SUITE; do
        echo "deb [signed-by=$KEYRING] $mirror $suite main"
    done >"$tree/etc/apt/sources.list"
    [ -z "$ASTERISK_SUITE" ] ||
        printf 'Package: *\nPin: release n=%s\nPin-Priority: 100\n' "$ASTERISK_SUITE" >"$tree/etc/apt/preferences.d/later"
    mkdir -p "$tree/debs/partial"
    fetch=(apt-get -q -y --no-install-recommends --download-only -o Dir::Cache::archives=/debs
        -o APT::Sandbox::User=root -o Acquire::Retries=3 -o APT::Keep-Downloaded-Packages=true install)
    inside "$tree" apt-get -q update -o Acquire::Languages=none -o APT::Update::Error-Mode=any
    inside "$tree" "${fetch[@]}" "${PACKAGES[@]}"
    [ -z "$ASTERISK_SUITE" ] || inside "$tree" "${fetch[@]}" -t "$ASTERISK_SUITE" asterisk
    mkdir "$BOX/debs"
    mv "$tree"/debs/*.deb "$BOX/debs/"
    rm -rf "$tree/debs" "$tree/etc/apt" "$tree"/var/lib/apt/lists/* "$tree"/var/cache/apt/*
    mv "$BOX/apt" "$tree/etc/apt"
    mkdir -p "$tree/var/lib/apt/lists/partial" "$tree/var/cache/apt/archives/partial"
    : >"$tree/etc/resolv.conf" # it has no network
    : >"$tree/etc/machine-id"
    echo box >"$tree/etc/hostname"
    mv "$tree" "$BOX/tree"
    echo "$STAMP" >"$BOX/stamp"
}

: >"$BOX/log"
[ "$(cat "$BOX/stamp" 2>/dev/null)" = "$STAMP" ] || build_tree
