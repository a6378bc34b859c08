using System.Collections.Immutable;
using MtlsScenario.Planning;

namespace MtlsScenario.Handshakes;

/// <summary>From which files a party works, relative to the folder.</summary>
/// <param name="Chain">Its certificate with what it sends beside it.</param>
/// <param name="Anchors">What it trusts.</param>
/// <param name="Crls">Against which CRLs it checks; null where there are none.</param>
/// <param name="ChecksRevocation">Whether it checks at all.</param>
internal sealed record FilesInUse(string Chain, ImmutableArray<string> Anchors, string? Crls, bool ChecksRevocation)
{
    /// <summary>Those that the plan names.</summary>
    public static FilesInUse Planned(PlannedMember member) => new(
        member.ChainFile ?? member.CertificateFile,
        member.AnchorsFile is { } anchors ? [anchors] : [],
        member.Planned.Files.Crl is { } crls ? member.At(crls) : null,
        member.Planned.ChecksRevocation);
}
