using MtlsScenario.Model;

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

    /// <summary>The kind of its key.</summary>
    public KeyAlgorithm? Algorithm { get; init; }
}
