using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>What holds for certificates that say nothing else: the file's <c>defaults</c>, and below them the format's.</summary>
internal sealed record Defaults
{
    public required Fields Fields { get; init; }

    public KeyAlgorithm Key { get; init; } = KeyAlgorithm.Rsa2048;

    public DigestAlgorithm Digest { get; init; } = DigestAlgorithm.Sha256;

    public Lifetime Lifetime { get; init; } = Lifetime.Default;

    public CertificateProfile Profile { get; init; } = CertificateProfile.Tls;

    public TimeSpan? RenewBefore { get; init; }

    public bool Request { get; init; } = true;

    public bool ChecksRevocation { get; init; }

    public ImmutableArray<FileFormat> Formats { get; init; } = [];

    public PasswordSource? Password { get; init; }

    /// <summary>The formats of a certificate that says nothing of them: without that which its key has not.</summary>
    public ImmutableArray<FileFormat> FormatsFor(KeyAlgorithm key) =>
        [.. Formats.Where(format => format.Kind != FormatKind.Traditional || key.HasTraditionalForm())];
}
