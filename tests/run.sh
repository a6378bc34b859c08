#!/bin/sh
# Sets up all that the tests need on a Debian machine with the .NET SDK, and runs them:
#
#   sh tests/run.sh                     builds, packs, and runs every test
#   sh tests/run.sh --filter NAME       that part of them, once: arguments go to `dotnet test`
#
# Installs the Debian packages of programs that are missing (as root, or by sudo), and puts the versions of OpenSSL, Go,
# the packages of the browser tests, Wine and the Windows build into ignored folders of the repository. What is there is kept.
# A test that finds something missing then is a failure; where Wine cannot be had, its tests are skips. The commands' tests
# run once more on the native binary, and those that can on the Windows build.
#
# Where MTLS_SCENARIO_RESULTS names a folder, the results and tables are left there. Exit codes: 0 all passed, 1 something
# failed, 3 something is missing.

set -eu
cd "$(dirname -- "$0")/.."
export MTLS_SCENARIO_REQUIRE=all DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Where Debian has servers and mount, also for those whose path leaves it out.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# What the tests run, and the Debian package that has it; sorted.
programs="
    apache2:apache2
    bash:bash
    busybox:busybox
    certtool:gnutls-bin
    certutil:libnss3-tools
    cfssl:golang-cfssl
    chromium:chromium
    curl:curl
    dash:dash
    dot:graphviz
    etcd:etcd-server
    etcdctl:etcd-client
    fish:fish
    gcc:gcc
    git:git
    haproxy:haproxy
    java:openjdk-17-jdk-headless
    javac:openjdk-17-jdk-headless
    jsonschema:python3-jsonschema
    keytool:openjdk-17-jdk-headless
    kill:procps
    mariadbd:mariadb-server
    mkcert:mkcert
    mksh:mksh
    mosquitto:mosquitto
    mosquitto_pub:mosquitto-clients
    mount:mount
    nginx:nginx
    nm:binutils
    node:nodejs
    npm:npm
    openssl:openssl
    pg_ctlcluster:postgresql
    pk12util:libnss3-tools
    python3:python3
    rabbitmqctl:rabbitmq-server
    redis-server:redis-server
    script:bsdutils
    setpriv:util-linux
    shellcheck:shellcheck
    socat:socat
    strace:strace
    stunnel4:stunnel4
    unshare:util-linux
    zsh:zsh
"
# What the native build links with, Python and Go read keys and stores with, and no PATH has: a file, and the package that has it.
libraries="
    /usr/include/zlib.h:zlib1g-dev
    /usr/share/easy-rsa/easyrsa:easy-rsa
    /usr/lib/python3/dist-packages/cryptography:python3-cryptography
    /usr/share/gocode/src/software.sslmate.com:golang-sslmate-src-go-pkcs12-dev
"
status=0

say() { printf '\n== %s\n' "$1"; }

failed() {
    printf 'FAILED: %s\n' "$1"
    status=1
}

missing() {
    printf 'MISSING: %s\n' "$1"
    exit 3
}

retry() {
    for attempt in 1 2 3; do
        if "$@"; then return 0; fi
        printf 'attempt %d failed: %s\n' "$attempt" "$*"
    done
    return 1
}

missing_packages() {
    for entry in $programs; do
        command -v "${entry%%:*}" >/dev/null || printf '%s ' "${entry#*:}"
    done
    for entry in $libraries; do
        [ -e "${entry%%:*}" ] || printf '%s ' "${entry#*:}"
    done
}

# Called by way of retry.
# shellcheck disable=SC2317
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_packages() {
    retry as_root apt-get update -q >/dev/null || return 1
    # Servers are started by the tests, not by their packages.
    retry as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -q -y --no-install-recommends "$@" >/dev/null
}

# Runs tests; the first argument names their results.
run_tests() {
    name=$1
    shift
    set -- "$@" --no-build --nologo -v quiet --logger "console;verbosity=minimal" --blame-hang-timeout 6m --blame-hang-dump-type none
    if [ -n "${MTLS_SCENARIO_RESULTS-}" ]; then
        set -- "$@" --results-directory "$MTLS_SCENARIO_RESULTS" --logger "trx;LogFilePrefix=$name"
    fi
    timeout -k 30 3000 dotnet test "$@" || failed "$name"
}

say "programs"
command -v dotnet >/dev/null || missing "the .NET SDK (see global.json)"
packages=$(missing_packages)
if [ -n "$packages" ]; then
    printf 'installing %s\n' "$packages"
    # shellcheck disable=SC2086 # Several words.
    if command -v apt-get >/dev/null; then install_packages $packages || true; fi
    packages=$(missing_packages)
    [ -z "$packages" ] || missing "$packages"
fi

say "OpenSSL versions"
retry sh tests/openssl/fetch.sh || missing "a version of OpenSSL"

say "Go"
retry sh tests/go/fetch.sh || missing "Go"
export PATH="$PATH:$PWD/.go/bin"

say "packages of the browser tests"
retry npm ci --prefix tests/browser --no-audit --no-fund --loglevel=error || missing "the packages of the browser tests"

say "build"
retry dotnet restore MtlsScenario.sln --nologo -v quiet || missing "packages of .NET"
dotnet build MtlsScenario.sln --no-restore --nologo -v quiet -clp:NoSummary || { failed "build"; exit "$status"; }

say "packages"
MTLS_SCENARIO_PACKAGES=$PWD/artifacts/packages
export MTLS_SCENARIO_PACKAGES
rm -rf "$MTLS_SCENARIO_PACKAGES"
dotnet pack MtlsScenario.sln --nologo -v quiet -clp:NoSummary -o "$MTLS_SCENARIO_PACKAGES" || failed "pack"

say "Wine, and the tool for Windows"
# Without it the tests are skips, and counted as that.
sh tests/wine/fetch.sh || rm -rf .wine/tool

if [ -n "${MTLS_SCENARIO_RESULTS-}" ]; then
    # The tests leave there who got through to whom, scenario by stack, and what each OpenSSL makes.
    export MTLS_SCENARIO_TABLES="$MTLS_SCENARIO_RESULTS" MTLS_SCENARIO_MATRIX="$MTLS_SCENARIO_RESULTS/matrix.txt"
fi

say "tests"
run_tests all MtlsScenario.sln "$@"
[ "$#" -eq 0 ] || exit "$status"

say "tests of the commands, on the native binary"
binary=$(find "$PWD"/src/MtlsScenario.Tool/bin/Release -path '*/publish/mtls-scenario' -not -path '*/any/*' -not -path '*/win-*' 2>/dev/null | head -n 1)
if [ -x "$binary" ]; then
    MTLS_SCENARIO_BINARY=$binary run_tests native tests/MtlsScenario.Tool.Tests
else
    failed "there is no native binary"
fi

say "tests of the commands that need neither EC keys nor TLS, on the Windows build"
if [ -e .wine/tool/mtls-scenario.exe ]; then
    MTLS_SCENARIO_BINARY=$PWD/tests/wine/mtls-scenario run_tests windows tests/MtlsScenario.Tool.Tests --filter \
        "(FullyQualifiedName~.Reading.|FullyQualifiedName~CommandLineTests|FullyQualifiedName~GraphCommandTests|FullyQualifiedName~ScriptCommandTests)&FullyQualifiedName!~A_file_that_cannot_be_written"
else
    echo "skipped: there is no Wine"
fi

exit "$status"
