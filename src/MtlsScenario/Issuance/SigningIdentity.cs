using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>What of an authority stands in what it signs, or decides about it; its private key is none of that.</summary>
/// <param name="Name">The subject of its certificate, DER, verbatim.</param>
/// <param name="KeyIdentifier">The value of its certificate's subjectKeyIdentifier; null where it has none.</param>
/// <param name="Algorithm">The kind of its key.</param>
/// <param name="SubjectPublicKeyInfo">Its public key, DER.</param>
internal sealed record SigningIdentity(
    ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte>? KeyIdentifier, KeyAlgorithm Algorithm, ReadOnlyMemory<byte> SubjectPublicKeyInfo)
{
    /// <summary>An authority that signs its own certificate.</summary>
    public static SigningIdentity ForItself(byte[] name, PrivateKey key) =>
        new(name, SubjectPublicKeys.Identifier(key.SubjectPublicKeyInfo.Span), key.Algorithm, key.SubjectPublicKeyInfo);
}
