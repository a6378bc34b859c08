namespace MtlsScenario.Reconciling;

/// <summary>
/// Where new keys, requests and certificates come from: the native issuer, or what openssl left in a folder of its own.
/// Authorities are asked for before what they sign; the replicas of a fleet by several threads at once.
/// </summary>
internal interface IArtifactSource
{
    /// <summary>Makes what a change asks for, and nothing else.</summary>
    /// <param name="change">Which certificate, and what of it is new.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    NewArtifacts Make(CertificateChange change, CancellationToken cancellationToken);

    /// <summary>Makes a certificate revocation list.</summary>
    /// <param name="order">What it says, and who signs it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>PEM.</returns>
    byte[] Make(CrlOrder order, CancellationToken cancellationToken);
}

/// <summary>What was made for one certificate, as the files will hold it.</summary>
/// <param name="Key">The private key, PEM; null where it stays. Whoever writes it clears it.</param>
/// <param name="Request">The request, PEM; null where it stays.</param>
/// <param name="Certificate">The certificate, PEM; null where it stays.</param>
internal sealed record NewArtifacts(byte[]? Key, byte[]? Request, byte[]? Certificate);
