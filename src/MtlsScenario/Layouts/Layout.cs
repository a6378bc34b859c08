using System.Collections.Immutable;

namespace MtlsScenario.Layouts;

/// <summary>
/// What the certificates of a scenario or of a folder say, who issued them, who trusts them and where their files are, in
/// the words of RFC 5280.
/// </summary>
/// <param name="Name">The scenario's name; null of a folder of which there is no scenario.</param>
/// <param name="Description">What the scenario is about, or null.</param>
/// <param name="Certificates">The certificates, in the order of the plan or of the file names.</param>
/// <param name="OtherFiles">Files that are no part of this, relative to the folder.</param>
internal sealed record Layout(
    string? Name,
    string? Description,
    ImmutableArray<CertificateEntry> Certificates,
    ImmutableArray<string> OtherFiles)
{
    /// <summary>The CRLs that are there, in the order of their files; none where they are told in the words of the plan.</summary>
    public ImmutableArray<CrlDescription> Crls { get; init; } = [];
}
