using System.Collections.Immutable;
using MtlsScenario.Faults;

namespace MtlsScenario.Tool.Probing;

/// <summary>What to do about findings that have one cause.</summary>
/// <param name="Ids">The faults that were let in.</param>
/// <param name="Finding">What that means.</param>
/// <param name="Settings">The setting of each server that closes it, or of the one that answered.</param>
internal sealed record ProbeAdvice(ImmutableArray<string> Ids, string Finding, ImmutableArray<string> Settings)
{
    private static readonly ImmutableArray<(string Ids, string Finding, ImmutableArray<string> Settings)> s_table =
    [
        ("none plaintext-first forged-headers fqdn-host", "the server does not insist on a certificate.",
        [
            "nginx: ssl_verify_client on; in place of optional, and no error_page 495 496 with a status of success",
            "haproxy: verify required on the bind line",
            "Apache: SSLVerifyClient require for the whole virtual host",
            "Node: requestCert: true and rejectUnauthorized: true (the default)",
            "Kestrel: ClientCertificateMode.RequireCertificate", "Java: setNeedClientAuth(true)",
            "Caddy: mode require_and_verify", "openssl s_server: -Verify with -verify_return_error",
        ]),
        ("sni-not-host", "the certificate is asked for by the name in TLS, and the request is answered by the name in HTTP.",
        ["haproxy: verify required on the bind line in place of the crt-list, or compare ssl_fc_sni with the Host header", "others: refuse with 421 where the two names differ"]),
        ("self-signed unknown-ca same-name-ca same-name-ca-no-aki same-name-ca-copied-aki bad-signature missing-intermediate leaf-as-ca stuffed-chain", "the server asks for a certificate and does not verify it.",
        [
            "nginx: ssl_verify_client on; in place of optional_no_ca", "Node: rejectUnauthorized: true (the default), or look at socket.authorized",
            "haproxy: no ca-ignore-err or crt-ignore-err all", "Apache: SSLVerifyClient require in place of optional_no_ca", "Caddy: mode require_and_verify in place of require",
            "openssl s_server: -verify_return_error", "Kestrel: no ClientCertificateValidation that returns true", "Java: the default TrustManager",
        ]),
        ("wrong-proof blank-proof skipped-proof", "the server does not check that the caller has the certificate's key.", ["any: update its TLS library at once"]),
        ("ca-false no-basic-constraints no-keycertsign v1-ca path-length name-constraints-dns name-constraints-uri critical-extension duplicate-extension", "the server does not hold the authorities to their limits.",
        ["any: leave the verification to the TLS library, without a callback that overrules it", "any: update its TLS library"]),
        ("expired not-yet-valid ca-expired", "the server does not look at dates.", ["any: no X509_V_FLAG_NO_CHECK_TIME, no callback that overrules it, and a clock that is right"]),
        ("resumed-after-expiry resumed-after-revocation other-vhost-session", "the server takes up sessions, and does not ask again who it is.",
        [
            "nginx: ssl_session_tickets off; and ssl_session_cache off; or a short ssl_session_timeout", "haproxy: no-tls-tickets on the bind line and tune.ssl.cachesize 0",
            "Apache: SSLSessionTickets off and SSLSessionCache none", "Node: a short sessionTimeout", "Kestrel: AllowTlsResume = false", "Java: SSLSessionContext.setSessionTimeout, short",
            "Go: SessionTicketsDisabled: true, or SetSessionTicketKeys with others for each host's Config", "openssl s_server: -no_ticket -no_cache",
        ]),
        ("server-auth-only code-signing ca-server-auth no-eku any-eku no-digital-signature", "the server takes certificates that were issued for something else.",
        ["any: let the authority issue clients with extendedKeyUsage clientAuth alone, and servers from another authority", "OpenSSL: X509_PURPOSE_SSL_CLIENT (the default)", "Java, Go: check the purpose of the authorities in a callback"]),
        ("rsa-1024 sha-1 md5", "the server takes what can be broken.",
        ["nginx: ssl_ciphers DEFAULT:@SECLEVEL=2", "haproxy: ciphers DEFAULT:@SECLEVEL=2", "Node: ciphers: \"DEFAULT:@SECLEVEL=2\"", "Java: jdk.certpath.disabledAlgorithms", "Kestrel: CipherString in openssl.cnf"]),
        ("v1 ca-as-client", "the server takes certificates that no authority should issue to clients.", ["any: do not issue such certificates, and admit clients by name"]),
        ("tls-1.0 tls-1.1", "the server speaks obsolete versions.", ["nginx: ssl_protocols TLSv1.2 TLSv1.3", "haproxy: ssl-min-ver TLSv1.2", "Node: minVersion: \"TLSv1.2\"", "Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3", "Java: jdk.tls.disabledAlgorithms"]),
    ];

    /// <summary>What to do about the findings, and about what is a matter of policy.</summary>
    public static ImmutableArray<ProbeAdvice> Of(ProbeReport report, bool isStrict)
    {
        HashSet<string> found = [.. report.Results.Where(result => result.Verdict == ProbeVerdict.LetIn && result.Grade <= (isStrict ? FaultGrade.B : FaultGrade.A)).Select(result => result.Fault.Id)];
        string server = report.Versions.Select(version => version.Baseline?.Good.Traits.GetValueOrDefault("server")).FirstOrDefault(name => name is { Length: > 0 }) ?? "";
        return
        [
            .. from row in s_table
               let ids = row.Ids.Split(' ').Where(found.Contains).ToImmutableArray()
               where !ids.IsEmpty
               let own = row.Settings.Where(setting => server.StartsWith(setting[..setting.IndexOf(':', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase)).ToImmutableArray()
               select new ProbeAdvice(ids, row.Finding, own.IsEmpty ? row.Settings : own),
        ];
    }
}
