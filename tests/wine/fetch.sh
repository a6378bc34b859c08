#!/bin/sh
# Puts Wine and the Windows build of the tool into the ignored folder .wine/ of the repository:
#
#   sh tests/wine/fetch.sh
#
# Wine is Debian 13's, for version 10 is the first that can make RSA keys for .NET; it is unpacked into a folder of its own
# and started there by tests/wine/mtls-scenario, so that nothing is installed. What is there is kept; the tool is built
# anew. Needs Debian's apt and dpkg on amd64, and the right to mount. Where that cannot be had, the exit code is 1.

set -eu
umask 022
repository=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
target=$repository/.wine
# shellcheck source=tests/debian.sh
. "$repository/tests/debian.sh"

[ "$(dpkg --print-architecture)" = amd64 ] || { echo "Wine is for amd64 alone" >&2; exit 1; }

fetch() {
    # Everything that Wine needs is downloaded, whatever is installed here.
    with_release "$target/.root.$$" trixie
    if apt_of update && apt_of install -y --no-install-recommends --download-only wine wine64 coreutils dash && unpack; then
        rm -rf "$target/root"
        mv "$work/root" "$target/root"
        rm -rf "$work"
    else
        tail -n 5 "$work/log" >&2 || true
        rm -rf "$work"
        return 1
    fi
}

# Of the packages' own scripts one does something that Wine needs: it makes its zlib of another package's.
unpack() {
    # The links that Debian's base has, and that no package here brings.
    for folder in bin sbin lib lib64; do
        mkdir -p "$work/root/usr/$folder"
        ln -s "usr/$folder" "$work/root/$folder"
    done
    for package in "$work"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$work/root" || return 1
        case $package in
            */libwine_*) dpkg-deb --ctrl-tarfile "$package" | tar -xO ./postinst >"$work/root/libwine.sh" || return 1 ;;
        esac
    done
    run_as_root chroot "$work/root" /bin/sh /libwine.sh configure >>"$work/log" 2>&1
}

run_as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else unshare -Ur "$@"; fi
}

mkdir -p "$target"
[ -x "$target/root/usr/lib/wine/wine64" ] || fetch || { echo "Wine cannot be had" >&2; exit 1; }

# The native compiler makes no Windows program on another system, so this is the managed one with its runtime.
rm -rf "$target/tool"
dotnet publish "$repository/src/MtlsScenario.Tool" --nologo -v quiet -c Release -r win-x64 --self-contained -p:PublishAot=false -o "$target/tool" ||
    { echo "the tool cannot be built for Windows" >&2; exit 1; }
sh "$repository/tests/wine/mtls-scenario" --version
