using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.X509;

namespace MtlsScenario.Rollouts;

/// <summary>
/// From which files of a folder its parties work, before a scenario is applied to it that may name others: nothing but the files
/// says what the scenario was before.
/// </summary>
/// <param name="scenario">What there is to be.</param>
/// <param name="plan">What is planned of it.</param>
/// <param name="reader">What there is.</param>
internal sealed class DeployedFiles(Scenario scenario, Plan plan, FolderReader reader)
{
    /// <summary>A chain of issuers has no more.</summary>
    private const int Deepest = 64;

    /// <summary>The certificates that are there of authorities, and of those that the scenario no longer knows.</summary>
    private readonly Lazy<ImmutableArray<(string Path, ParsedCertificate Certificate)>> _authorities = new(() =>
    [
        .. plan.Certificates.Where(planned => planned.IsAuthority).Select(planned => planned.Files.Certificate)
            .Concat(UnplannedFileFinder.Find(plan, reader).Where(path => path.EndsWith(FileNames.Suffix(ArtifactKind.Certificate), StringComparison.Ordinal)))
            .Select(path => (path, reader.Certificate(path))).Where(found => found.Item2 is not null).Select(found => (found.path, found.Item2!)),
    ]);

    /// <summary>For each stem those at the other ends of connections that are to be accepted.</summary>
    private readonly Lazy<ILookup<string, PlannedMember>> _others = new(() => (
        from connection in scenario.Connections
        where connection.Expect == Outcome.Accepted
        let caller = scenario.Party(connection.From.Party)
        let called = scenario.Party(connection.To.Party)
        where caller.Calling is not null && called.Called is not null
        let client = plan[FileNames.Stem(caller, caller.Calling!.Role)]
        let server = plan[FileNames.Stem(called, called.Called!.Role)]
        from pair in new[] { (Stem: client.Stem, Other: Member(server, connection.To)), (Stem: server.Stem, Other: Member(client, connection.From)) }
        select pair).ToLookup(pair => pair.Stem, pair => pair.Other, StringComparer.Ordinal));

    /// <summary>The files from which a party works.</summary>
    public FilesInUse Of(PlannedMember member)
    {
        FilesInUse planned = FilesInUse.Planned(member);
        return planned with
        {
            Chain = IsThere(planned.Chain) && planned.Chain != member.CertificateFile
                ? planned.Chain
                : Unused(member, ArtifactKind.Chain) is { } chain && AreSame(chain, member.CertificateFile) ? chain : member.CertificateFile,
            Anchors = Anchors(member, planned),
            ChecksRevocation = planned is { ChecksRevocation: true, Crls: { } crls } && IsThere(crls),
        };
    }

    /// <summary>
    /// A file of one's own holds what was trusted; without one it was the one authority's certificate. Which one, those tell with whom
    /// the party works: their certificates are below it.
    /// </summary>
    private ImmutableArray<string> Anchors(PlannedMember member, FilesInUse planned)
    {
        if (Unused(member, ArtifactKind.Anchors) is { } own)
        {
            return [own];
        }

        ImmutableArray<string>[] paths = [.. _others.Value[member.Planned.Stem].Select(other => other.CertificateFile).Distinct(StringComparer.Ordinal).Select(PathAbove)];
        HashSet<string> above = [.. paths.SelectMany(path => path)];
        if (planned.Anchors is [var only] && IsThere(only) && (above.Count == 0 || above.Any(path => AreSame(path, only))))
        {
            return planned.Anchors;
        }

        string[] there = [.. member.Planned.Anchors.Select(stem => plan[stem].Files.Certificate).Where(IsThere)];
        return
        [
            .. above.Count == 0 ? there
                : there.Any(above.Contains) ? there.Where(above.Contains)
                : paths.Where(path => !path.IsEmpty).Select(path => path[^1]).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The authorities above a certificate, as far as they are there.</summary>
    private ImmutableArray<string> PathAbove(string file)
    {
        var path = ImmutableArray.CreateBuilder<string>();
        for (ParsedCertificate? current = reader.Certificate(file); current is { IsSelfIssued: false } below && path.Count < Deepest;)
        {
            (string found, current) = _authorities.Value.FirstOrDefault(authority =>
                authority.Certificate.Subject.Equals(below.Issuer) && below.IsSignedBy(authority.Certificate.SubjectPublicKeyInfo));
            if (current is not null)
            {
                path.Add(found);
            }
        }

        return path.ToImmutable();
    }

    private static PlannedMember Member(PlannedCertificate planned, ConnectionEnd end) => planned.Member(planned.Replicas is null ? null : end.Number ?? 1);

    private string? Unused(PlannedMember member, ArtifactKind kind) => member.Planned.Unused
        .Where(file => file.Kind == kind).Select(file => member.At(file.Path)).FirstOrDefault(IsThere);

    private bool IsThere(string path) => !reader.Read(path).IsMissing;

    private bool AreSame(string path, string other) =>
        reader.Certificate(path) is { } one && reader.Certificate(other) is { } two && one.Der.Span.SequenceEqual(two.Der.Span);
}
