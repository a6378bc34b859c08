using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Rollouts;

/// <summary>
/// From which files of a folder its parties work, before a scenario is applied to it that may name others: nothing but the files
/// says what the scenario was before.
/// </summary>
/// <param name="plan">What there is to be.</param>
/// <param name="reader">What there is.</param>
internal sealed class DeployedFiles(Plan plan, FolderReader reader)
{
    /// <summary>Roots of which the scenario knows no more.</summary>
    private readonly Lazy<ImmutableArray<string>> _formerRoots = new(() =>
    [
        .. UnplannedFileFinder.Find(plan, reader)
            .Where(path => path.EndsWith(FileNames.Suffix(ArtifactKind.Certificate), StringComparison.Ordinal))
            .Where(path => reader.Certificate(path) is { IsSelfIssued: true }),
    ]);

    /// <summary>The files from which a party works.</summary>
    public FilesInUse Of(PlannedMember member)
    {
        FilesInUse planned = FilesInUse.Planned(member);
        return planned with
        {
            Chain = IsThere(planned.Chain) && planned.Chain != member.CertificateFile
                ? planned.Chain
                : Unused(member, ArtifactKind.Chain) is { } chain && BeginsWith(chain, member.CertificateFile) ? chain : member.CertificateFile,
            Anchors = Anchors(member, planned),
            ChecksRevocation = planned is { ChecksRevocation: true, Crls: { } crls } && IsThere(crls),
        };
    }

    /// <summary>
    /// A file of one's own holds what was trusted; without one it was the one authority's certificate, which is among those that
    /// are there already, or that of a root that is gone.
    /// </summary>
    private ImmutableArray<string> Anchors(PlannedMember member, FilesInUse planned)
    {
        if (Unused(member, ArtifactKind.Anchors) is { } own)
        {
            return [own];
        }

        if (planned.Anchors is [var only] && IsThere(only))
        {
            return planned.Anchors;
        }

        ImmutableArray<string> there = [.. member.Planned.Anchors.Select(stem => plan[stem].Files.Certificate).Where(IsThere)];
        return there.IsEmpty ? _formerRoots.Value : there;
    }

    private string? Unused(PlannedMember member, ArtifactKind kind) => member.Planned.Unused
        .Where(file => file.Kind == kind).Select(file => member.At(file.Path)).FirstOrDefault(IsThere);

    private bool IsThere(string path) => !reader.Read(path).IsMissing;

    private bool BeginsWith(string chain, string certificate) =>
        reader.Certificate(chain) is { } first
        && reader.Certificate(certificate) is { } own
        && first.Der.Span.SequenceEqual(own.Der.Span);
}
