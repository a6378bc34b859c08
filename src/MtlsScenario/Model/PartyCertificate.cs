using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>A party's certificate and how the party uses it.</summary>
public sealed record PartyCertificate
{
    /// <summary>What it is for.</summary>
    public required Role Role { get; init; }

    /// <summary>What it is to be.</summary>
    public required CertificateSpecification Certificate { get; init; }

    /// <summary>The names of the authorities that this end accepts as trust anchors, the default applied.</summary>
    public ImmutableArray<string> Trusts { get; init; } = [];

    /// <summary>What this end sends.</summary>
    public Presentation Presents { get; init; } = Presentation.Chain;

    /// <summary>Where a server or peer listens.</summary>
    public ListenAddress Listen { get; init; } = ListenAddress.Default;

    /// <summary>The oldest version that a server or peer accepts.</summary>
    public TlsVersion MinimumTls { get; init; } = TlsVersion.Tls12;

    /// <summary>In what its files are written besides PEM; each kind once.</summary>
    public ImmutableArray<FileFormat> Formats { get; init; } = [];

    /// <summary>Where the password of its key stores and encrypted keys is; null for the well-known <c>changeit</c>.</summary>
    public PasswordSource? Password { get; init; }

    /// <summary>The callers that a server or peer lets in; empty (but not default) lets in nobody, null whoever it can verify.</summary>
    public ImmutableArray<AdmissionPattern>? Admits { get; init; }

    /// <summary>Whether this end checks the whole chain of the other end against CRLs, and turns away what it cannot check.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>Whether it is provided with its key, and neither is ever made or changed; then nothing need be said of it.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Where its files are, in place of those that its stem gives; null for none but those.</summary>
    public CertificatePlaces? Files { get; init; }
}
