using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>The extensions of a certificate that does not write them.</summary>
internal static class DefaultExtensions
{
    /// <summary>A server's common names, as far as they can be names of hosts.</summary>
    public static ImmutableArray<GeneralName> Names(CertificateSpecification planned, CertificateOwner owner, NameReader reader) =>
        owner.Role is Role.Server or Role.Peer
            ? [.. planned.Subject.CommonNames.Select(reader.FromCommonName).OfType<GeneralName>().Distinct()]
            : [];

    /// <summary>What the key of an authority, of an RSA certificate and of others may be used for.</summary>
    public static KeyUsages KeyUsage(CertificateSpecification planned, CertificateOwner owner)
    {
        if (owner.IsAuthority)
        {
            return KeyUsages.KeyCertSign | KeyUsages.CrlSign;
        }

        return KeyUsages.DigitalSignature | (planned.Key.IsRsa() ? KeyUsages.KeyEncipherment : KeyUsages.None);
    }

    /// <summary>The side of the handshake that it takes.</summary>
    public static ImmutableArray<KeyPurpose> Purposes(CertificateOwner owner) => owner.Role switch
    {
        Role.Server => [KeyPurpose.ServerAuth],
        Role.Client => [KeyPurpose.ClientAuth],
        Role.Peer => [KeyPurpose.ServerAuth, KeyPurpose.ClientAuth],
        _ => [],
    };
}
