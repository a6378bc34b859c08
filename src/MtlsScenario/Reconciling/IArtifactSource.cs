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
    /// <returns>PEM.</returns>
    byte[] Make(CrlOrder order);
}
