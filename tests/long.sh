#!/bin/sh
# Runs at length what the other tests do briefly, and prints its figures: some of it takes hours.
# Usage: sh tests/long.sh [FILTER]   such as FullyQualifiedName~KilledApply; without one, all tests of the category Long.
# MTLS_SCENARIO_BINARY names a native binary that is there already; MTLS_SCENARIO_LONG_KILLS another number of runs.
set -eu
cd "$(dirname "$0")/.."
results=$PWD/TestResults/long
mkdir -p "$results"
if [ -z "${MTLS_SCENARIO_BINARY-}" ]; then
    dotnet publish src/MtlsScenario.Tool -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" \
        -o "$results/tool" --nologo -v quiet -clp:NoSummary
    MTLS_SCENARIO_BINARY=$results/tool/mtls-scenario
fi
MTLS_SCENARIO_LONG=1
MTLS_SCENARIO_FIGURES=$results/figures.txt
export MTLS_SCENARIO_BINARY MTLS_SCENARIO_LONG MTLS_SCENARIO_FIGURES
: >"$MTLS_SCENARIO_FIGURES"
code=0
for project in tests/*.Tests; do
    ! grep -rqs LongRun.Report "$project" --include='*.cs' ||
        dotnet test "$project" --nologo -v quiet --filter "Category=Long${1:+&$1}" --logger 'console;verbosity=minimal' || code=1
done
cat "$MTLS_SCENARIO_FIGURES"
exit $code
