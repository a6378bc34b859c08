using MtlsScenario.Planning;

namespace MtlsScenario.Layouts;

/// <summary>A file of a certificate.</summary>
/// <param name="Kind">What it holds; null of a bundle of which no plan says what it is for.</param>
/// <param name="Path">Where it is, relative to the folder, with <c>/</c>.</param>
/// <param name="Note">What is to be said of it, such as <c>missing</c>; null where it is as it should be.</param>
internal sealed record FileEntry(ArtifactKind? Kind, string Path, string? Note = null)
{
    /// <summary>What it holds, in the words of layouts.</summary>
    public string KindText => Kind switch
    {
        ArtifactKind.Key => "key",
        ArtifactKind.Request => "request",
        ArtifactKind.Certificate => "certificate",
        ArtifactKind.Chain => "chain",
        ArtifactKind.Anchors => "trust anchors",
        ArtifactKind.Crl => "CRL",
        ArtifactKind.Pkcs12 => "PKCS#12",
        ArtifactKind.TrustStore => "trust store",
        ArtifactKind.CombinedPem => "key and chain",
        ArtifactKind.CertificateDer => "DER certificate",
        ArtifactKind.KeyDer => "DER key",
        ArtifactKind.TraditionalKey => "traditional key",
        ArtifactKind.EncryptedKey => "encrypted key",
        ArtifactKind.Pkcs7 => "PKCS#7",
        ArtifactKind.Secret => "Secret",
        ArtifactKind.TrustConfigMap => "ConfigMap",
        null => "bundle",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
