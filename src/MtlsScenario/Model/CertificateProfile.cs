namespace MtlsScenario.Model;

/// <summary>What a certificate carries besides names, key and dates.</summary>
public enum CertificateProfile
{
    /// <summary>What its role calls for in TLS, spelled out.</summary>
    Tls,

    /// <summary>
    /// What the article's openssl commands make on OpenSSL 3.0: a root with SKI, AKI and a critical CA:TRUE; X.509 v1
    /// for all that has an issuer; requests without extensions.
    /// </summary>
    Bare,
}
