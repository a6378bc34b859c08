#!/bin/sh
# Puts Debian 13's Go into the ignored folder .go/ of the repository, where .go/bin/go runs; nothing is installed:
#
#   sh tests/go/fetch.sh
#
# What is there is kept. Needs Debian's apt and dpkg. Where Go cannot be had, the exit code is 1.

set -eu
umask 022
repository=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
target=$repository/.go
# shellcheck source=tests/debian.sh
. "$repository/tests/debian.sh"

fetch() {
    with_release "$repository/.go.$$" trixie
    if apt_of update && (cd "$work/cache/archives" && apt_of download golang-1.24-go golang-1.24-src) && unpack; then
        rm -rf "$target"
        mv "$work/root" "$target"
        rm -rf "$work"
    else
        tail -n 5 "$work/log" >&2 || true
        rm -rf "$work"
        return 1
    fi
}

unpack() {
    for package in "$work"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$work/root" || return 1
    done
    ln -s usr/lib/go-1.24/bin "$work/root/bin"
}

[ -x "$target/bin/go" ] || fetch || { echo "Go cannot be had" >&2; exit 1; }
"$target/bin/go" version
