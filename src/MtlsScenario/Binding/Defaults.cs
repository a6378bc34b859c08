using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>What holds for certificates that say nothing else: the file's <c>defaults</c>, and below them the format's.</summary>
internal sealed record Defaults
{
    public required Fields Fields { get; init; }

    public KeyAlgorithm Key { get; init; } = KeyAlgorithm.Rsa2048;

    public DigestAlgorithm Digest { get; init; } = DigestAlgorithm.Sha256;

    public Lifetime Lifetime { get; init; } = Lifetime.Of(TimeSpan.FromDays(365));

    public CertificateProfile Profile { get; init; } = CertificateProfile.Tls;

    public TimeSpan? RenewBefore { get; init; }

    public bool Request { get; init; } = true;

    public bool ChecksRevocation { get; init; }
}
