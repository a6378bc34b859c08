#!/bin/sh
# Prints, for every scenario that ships and every version of OpenSSL, whether the script makes what apply makes, and then of
# the same scenarios each file of each format.
# Versions that are not in .openssl/ yet are fetched; one that cannot be had is left out, but for 3.5.

set -eu
cd "$(dirname -- "$0")/../.."
sh tests/openssl/fetch.sh >&2 || :
MTLS_SCENARIO_MATRIX=$PWD/.openssl/matrix.txt
MTLS_SCENARIO_LONG=1
export MTLS_SCENARIO_MATRIX MTLS_SCENARIO_LONG
rm -f "$MTLS_SCENARIO_MATRIX"
status=0
dotnet test tests/MtlsScenario.Interop.Tests --nologo -v quiet --filter FullyQualifiedName~MatrixTests >&2 || status=$?
cat "$MTLS_SCENARIO_MATRIX"
exit "$status"
