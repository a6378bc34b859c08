#!/bin/sh
# Puts several versions of OpenSSL side by side into the ignored folder .openssl/ of the repository:
#
#   sh tests/openssl/fetch.sh            every version
#   sh tests/openssl/fetch.sh 3.5        that one
#
# Each ends as .openssl/VERSION/openssl, a program that runs with its own suite's libraries. What is there is kept.
# Needs Debian's apt and dpkg on amd64 or arm64. A version that cannot be had is named, and the exit code is then 1.

set -eu
umask 022
repository=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
target=$repository/.openssl
mkdir -p "$target"

# What the machine's own apt uses: a mirror may stand in for Debian's.
uri_of() {
    apt-get indextargets --format "\$(REPO_URI)" 2>/dev/null | sort -u | grep -E "$1" | head -n 1 || true
}
archive=$(uri_of '/debian/?$')
archive=${archive:-http://deb.debian.org/debian}
security=$(uri_of '/debian-security/?$')
security=${security:-http://deb.debian.org/debian-security}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# fetch VERSION SUITE PACKAGE... downloads and unpacks.
fetch() {
    version=$1
    suite=$2
    shift 2
    if [ -x "$target/$version/openssl" ] && "$target/$version/openssl" version >/dev/null 2>&1; then
        echo "$version is there"
        return 0
    fi
    work=$target/.$version.$$
    rm -rf "$work"
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/debs" "$work/root"
    {
        echo "deb [signed-by=$keyring] $archive $suite main"
        case $suite in
            bullseye) echo "deb [signed-by=$keyring] $security $suite-security main" ;;
        esac
    } >"$work/sources.list"
    # The status file is empty: what is installed here has no say in what that suite offers.
    : >"$work/status"
    if apt_of "$work" update && (cd "$work/debs" && apt_of "$work" download "$@") && unpack "$work"; then
        rm -rf "${target:?}/$version"
        mv "$work/root" "$target/$version"
        rm -rf "$work"
        "$target/$version/openssl" version
    else
        tail -n 5 "$work/log" >&2 || true
        rm -rf "$work"
        echo "$version cannot be had" >&2
        return 1
    fi
}

apt_of() {
    folder=$1
    shift
    apt-get -qq -o APT::Sandbox::User=root -o Acquire::Check-Valid-Until=false \
        -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o "Dir::State=$folder/state" -o "Dir::State::status=$folder/status" -o "Dir::Cache=$folder/cache" \
        -o Acquire::Retries=2 "$@" >>"$folder/log" 2>&1
}

# A wrapper starts the program through its own loader, so that its own libraries are the ones that it finds.
unpack() {
    for package in "$1"/debs/*.deb; do
        dpkg -x "$package" "$1/root" || return 1
    done
    cat >"$1/root/openssl" <<'WRAPPER'
#!/bin/sh
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
for libraries in "$root"/lib/*-linux-gnu "$root"/usr/lib/*-linux-gnu; do
    path=${path:+$path:}$libraries
done
for modules in "$root"/usr/lib/*-linux-gnu/ossl-modules; do
    OPENSSL_MODULES=$modules
done
OPENSSL_CONF=${OPENSSL_CONF:-$root/etc/ssl/openssl.cnf}
export OPENSSL_MODULES OPENSSL_CONF
for loader in "$root"/lib*/ld-linux-*.so.* "$root"/usr/lib*/ld-linux-*.so.* "$root"/lib/*-linux-gnu/ld-linux-*.so.* \
    "$root"/usr/lib/*-linux-gnu/ld-linux-*.so.*; do
    if [ -e "$loader" ]; then
        exec "$loader" --library-path "$path" "$root/usr/bin/openssl" "$@"
    fi
done
echo "$0: no loader in $root" >&2
exit 127
WRAPPER
    chmod 755 "$1/root/openssl"
    "$1/root/openssl" version >>"$1/log" 2>&1
}

fetch_version() {
    case $1 in
        1.1.1) fetch 1.1.1 bullseye openssl=1.1.1w-0+deb11u1 libssl1.1=1.1.1w-0+deb11u1 libc6 zlib1g ;;
        3.5) fetch 3.5 trixie openssl libssl3t64 libc6 zlib1g libzstd1 ;;
        3.6) fetch 3.6 sid openssl libssl3t64 libc6 zlib1g libzstd1 ;;
        *)
            echo "There is no version $1 here; there are 1.1.1, 3.5 and 3.6." >&2
            return 2
            ;;
    esac
}

status=0
[ "$#" -gt 0 ] || set -- 1.1.1 3.5 3.6
for wanted in "$@"; do
    fetch_version "$wanted" || status=1
done
exit "$status"
