namespace MtlsScenario.Scripting;

/// <summary>The lines that end a script before anything is made, where its openssl is too new or too old for what the scenario asks for.</summary>
internal static class VersionGuards
{
    /// <summary>For X.509 v1 certificates, which the bare profile asks for and openssl makes up to 3.1.</summary>
    public const string Version1 = """
        case $version in
            'OpenSSL 1.'* | 'OpenSSL 3.'[01].*) ;;
            *) fail "not possible: $version writes v3, and the bare profile asks for X.509 v1 certificates" ;;
        esac

        """;

    /// <summary>The same in a script without functions.</summary>
    public const string PlainVersion1 = """
        case $(openssl version) in
            'OpenSSL 1.'* | 'OpenSSL 3.'[01].*) ;;
            *) echo "not possible: $(openssl version) writes v3, not X.509 v1 certificates" >&2; exit 1 ;;
        esac

        """;

    /// <summary>For ML-DSA keys, in either script.</summary>
    public const string MlDsa = """
        openssl genpkey -algorithm ML-DSA-65 </dev/null >/dev/null 2>&1 || {
            echo "not possible: this openssl has no ML-DSA; 3.5 and later have" >&2
            exit 1
        }

        """;

    /// <summary>For ECDSA by RFC 6979: an option that is taken is not always obeyed, so it is tried.</summary>
    public const string SameEcdsa = """
        cat >probe.cnf <<'END'
        [req]
        prompt = no
        distinguished_name = subject
        [subject]
        CN = probe
        END
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out probe.key
        for probe in probe-1.csr probe-2.csr; do
            command "$OPENSSL" req -new -config probe.cnf -key probe.key -sha256 -sigopt nonce-type:1 -out "$probe" </dev/null >log.txt 2>&1 || :
        done
        cmp -s probe-1.csr probe-2.csr || fail "not possible: $version cannot make the same ECDSA signature twice; OpenSSL 3.5 can"

        """;

    /// <summary>OpenSSL 1.1.1 only knows how long a CRL lasts from now on.</summary>
    public const string CrlDates = """
        case $version in
            'OpenSSL 1.'*) fail "not possible: $version cannot write the dates of a CRL, only how long it lasts from now on" ;;
        esac

        """;

    /// <summary>The same in a script without functions.</summary>
    public const string PlainCrlDates = """
        case $(openssl version) in
            'OpenSSL 1.'*) echo "not possible: $(openssl version) cannot write the dates of a CRL" >&2; exit 1 ;;
        esac

        """;
}
