using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>An authority as the certificates below it will find it when this run is over.</summary>
internal sealed record ExpectedIssuer
{
    /// <summary>The file stem.</summary>
    public required string Stem { get; init; }

    /// <summary>The name that its certificate will carry, DER.</summary>
    public required ReadOnlyMemory<byte> Subject { get; init; }

    /// <summary>Its public key, DER; null where the key is yet to be generated.</summary>
    public ReadOnlyMemory<byte>? SubjectPublicKeyInfo { get; init; }

    /// <summary>The subjectKeyIdentifier that its certificate will carry; null for none, or where the key is yet to be generated.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; init; }

    /// <summary>The name of its own issuer, DER; null where its certificate is made anew.</summary>
    public ReadOnlyMemory<byte>? Issuer { get; init; }

    /// <summary>The serial number of its certificate as an INTEGER has it; null where that is made anew.</summary>
    public ReadOnlyMemory<byte>? Serial { get; init; }

    /// <summary>The kind of its key.</summary>
    public KeyAlgorithm? Algorithm { get; init; }

    /// <summary>An authority whose certificate stays as it is.</summary>
    public static ExpectedIssuer Of(string stem, ParsedCertificate current) => new()
    {
        Stem = stem,
        Subject = current.Subject.Der,
        SubjectPublicKeyInfo = current.SubjectPublicKeyInfo,
        SubjectKeyIdentifier = current.SubjectKeyIdentifier,
        Issuer = current.Issuer.Der,
        Serial = current.SerialBytes,
        Algorithm = current.KeyDescription.Algorithm,
    };
}
