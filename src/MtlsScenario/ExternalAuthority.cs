namespace MtlsScenario;

/// <summary>An authority that a scenario calls external, supplied to issue the scenario in memory.</summary>
/// <param name="CertificatePem">Its certificate, PEM.</param>
/// <param name="PrivateKeyPem">Its unencrypted private key, PEM (PKCS#8, PKCS#1 or SEC1); needed only where it issues.</param>
public sealed record ExternalAuthority(string CertificatePem, string? PrivateKeyPem = null)
{
    /// <summary>Without the key: it must not come into a log.</summary>
    public override string ToString() => PrivateKeyPem is null ? "a certificate" : "a certificate and its key";
}
