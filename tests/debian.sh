# Packages of another release of Debian, unpacked and not installed. Is read by the scripts that need some.
# shellcheck shell=sh

# The mirror that the machine's own apt uses.
archive=$(apt-get indextargets --format "\$(REPO_URI)" 2>/dev/null | sort -u | grep -E '/debian/?$' | head -n 1 || true)
archive=${archive:-http://deb.debian.org/debian}

# with_release FOLDER SUITE: makes in the new folder FOLDER what apt_of needs.
with_release() {
    work=$1
    rm -rf "$work"
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/root"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $2 main" >"$work/sources.list"
    # The status file is empty: what is installed here has no say in what that release offers.
    : >"$work/status"
}

apt_of() {
    apt-get -qq -o APT::Sandbox::User=root -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o "Dir::State=$work/state" -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
        -o Acquire::Retries=2 "$@" >>"$work/log" 2>&1
}
