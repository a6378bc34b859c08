using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Finds what earlier scenarios left of anchors, chains, CRLs and formats among the files that the plan does not know: a program that is
/// pointed at one of them does not follow the scenario.
/// </summary>
internal sealed partial class UnusedFinder(Plan plan, FolderReader reader, TrustExaminer trust)
{
    private readonly Dictionary<string, (PlannedCertificate Planned, ArtifactKind Kind)> _derived = plan.Certificates
        .SelectMany(planned => planned.Unused, (planned, unused) => (planned, unused))
        .ToDictionary(pair => pair.unused.Path, pair => (pair.planned, pair.unused.Kind), StringComparer.Ordinal);

    private readonly HashSet<string> _authorities =
        [.. plan.Certificates.Where(planned => planned.IsAuthority).Select(planned => planned.Stem)];

    private readonly ILookup<string, PlannedCertificate> _holders = plan.Certificates
        .ToLookup(planned => FolderOf(planned.Files.Certificate), StringComparer.Ordinal);

    /// <summary>The files among the strangers, in their order.</summary>
    public IEnumerable<UnusedFile> Find(ImmutableArray<string> strangers)
    {
        foreach (string path in strangers)
        {
            if ((Named(path, path, number: null) ?? NamedOfFleet(path)) is { } file)
            {
                yield return file;
            }
        }
    }

    private UnusedFile? NamedOfFleet(string path)
    {
        string[] numbers = [.. Number().Matches(path).Select(match => match.Groups["number"].Value).Distinct(StringComparer.Ordinal)];
        return numbers is [var number]
            ? Named(Number().Replace(path, $"-{Replication.Placeholder}"), path, int.Parse(number, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>What the file is, where it is one; the template is its path as the plan has it.</summary>
    private UnusedFile? Named(string template, string path, int? number)
    {
        bool IsThere(PlannedCertificate planned) => number is null ? planned.Replicas is null : number <= planned.Replicas?.Count;
        if (_derived.TryGetValue(template, out (PlannedCertificate Planned, ArtifactKind Kind) owner))
        {
            return !IsThere(owner.Planned) ? null : owner.Kind switch
            {
                ArtifactKind.Chain => Chain(owner.Planned.Member(number), path),
                ArtifactKind.Anchors => Anchors(owner.Planned.Member(number), path),
                ArtifactKind.Crl => Crl(owner.Planned.Member(number), path),
                _ => Format(owner.Planned.Member(number), owner.Kind, path),
            };
        }

        string folder = FolderOf(template);
        string copied = FileNames.Suffix(ArtifactKind.Certificate);
        string name = template[folder.Length..];
        return folder.Length > 0
            && plan.Folders == FolderLayout.ByParty
            && name.EndsWith(copied, StringComparison.Ordinal)
            && _authorities.Contains(name[..^copied.Length])
            && _holders[folder].FirstOrDefault(IsThere) is { } holder
            ? Copy(holder, name[..^copied.Length], path)
            : null;
    }

    private UnusedFile Anchors(PlannedMember member, string path)
    {
        PlannedCertificate planned = member.Planned;
        string holder = planned.Holder.Name;
        ImmutableArray<string> held = trust.Held(reader.Read(path).Bytes);
        ImmutableArray<string> lost = [.. held.Except(planned.Anchors, StringComparer.Ordinal)];
        string now = member.AnchorsFile is { } anchors
            ? $"the trust anchor of {member.Stem} is {anchors} now"
            : $"{member.Stem} has no trust anchors now";
        TrustChange? change = lost.IsEmpty ? null : new TrustChange(holder, planned.Anchors, [], lost);
        return new UnusedFile(path, member.Stem, held, change, change is null
            ? $"{path} is no longer used: {now}"
            : $"{change}, but {path}, which is no longer used, still holds {And(held)}: a program that is pointed at it never drops "
                + $"{And(lost)}; {now}");
    }

    private static UnusedFile Chain(PlannedMember member, string path)
    {
        string stem = member.Stem;
        return new UnusedFile(
            path,
            stem,
            [],
            null,
            $"{path} is no longer used, for {stem} has no intermediates now: a program that is pointed at it goes on presenting what it holds, "
            + $"in place of {member.CertificateFile}");
    }

    /// <summary>Nobody renews it any more, so that in the end it shuts everybody out.</summary>
    private UnusedFile Crl(PlannedMember member, string path)
    {
        string end = reader.Read(path).Bytes is { } bytes && ParsedCrl.TryRead(bytes, out ParsedCrl? crl) && crl.NextUpdate is { } next
            ? $"turns everybody away from {TimeText.Of(next)} on"
            : "goes on checking against it";
        string why = member.Planned.IsAuthority ? $"nobody checks against CRLs of {member.Stem} and it revokes nobody now" : $"{member.Stem} checks no CRLs now";
        return new UnusedFile(path, member.Stem, [], null, $"{path} is no longer kept in step, for {why}: a program that is pointed at it {end}");
    }

    private static UnusedFile Format(PlannedMember member, ArtifactKind kind, string path)
    {
        string stem = member.Stem;
        string what = FileNames.HoldsAnchors(kind) ? "never drops what it trusts" : "goes on presenting what it holds";
        string key = FileNames.HoldsKey(kind) ? ", and there is a private key in it" : "";
        return new UnusedFile(
            path,
            stem,
            [],
            null,
            $"{path} is no longer used, for the scenario has none of {stem} now: a program that is pointed at it {what}{key}");
    }

    private static UnusedFile Copy(PlannedCertificate holder, string authority, string path) => new(
        path,
        authority,
        [authority],
        new TrustChange(holder.Holder.Name, holder.Anchors, [], [authority]),
        $"{path} is no longer used, for {holder.Holder.Name} neither trusts nor presents {authority} now: a program that is pointed at it never drops {authority}");

    private static string And(ImmutableArray<string> names) => string.Join(" and ", names);

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    [GeneratedRegex(@"-(?<number>[1-9][0-9]{0,6})(?=(_[a-z]+\.[a-z0-9.]+)?(/|\z))", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
