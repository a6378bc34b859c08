using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Rollouts;

/// <summary>What of a party's certificate, and of how it is used, differs between two layouts.</summary>
/// <param name="old">The layout that is.</param>
/// <param name="made">The layout that is to be.</param>
internal sealed class EndComparison(LayoutState old, LayoutState made)
{
    private readonly Dictionary<(string Party, Role Role, int? Number), ImmutableArray<PartyDifference>> _known = [];

    /// <summary>The differences of one end; what cannot be read counts as different.</summary>
    /// <param name="before">The end in the old layout.</param>
    /// <param name="after">The same in the new one.</param>
    public ImmutableArray<PartyDifference> Of(TrialEnd before, TrialEnd after)
    {
        (string, Role, int?) key = (after.Party, after.Certificate.Role, after.Number);
        if (before.Certificate.Role != after.Certificate.Role)
        {
            return [new PartyDifference(ChangedAspect.Certificate, MemberOf(made, after).CertificateFile, MemberOf(old, before).CertificateFile)];
        }

        if (!_known.TryGetValue(key, out ImmutableArray<PartyDifference> differences))
        {
            _known.Add(key, differences = [.. Files(before, after), .. Settings(before.Certificate, after.Certificate)]);
        }

        return differences;
    }

    /// <summary>The instant at which the certificate of an end ends; null where it cannot be read.</summary>
    public DateTimeOffset? EndOf(TrialEnd before)
    {
        using EndArtifacts? artifacts = old.Artifacts.Read(before).Artifacts;
        return artifacts is not null && ParsedCertificate.TryParse(artifacts.Chain[0], out ParsedCertificate? leaf) ? leaf.NotAfter : null;
    }

    private List<PartyDifference> Files(TrialEnd before, TrialEnd after)
    {
        using EndArtifacts? was = old.Artifacts.Read(before).Artifacts;
        using EndArtifacts? now = made.Artifacts.Read(after).Artifacts;
        (PlannedMember member, PlannedMember former) = (MemberOf(made, after), MemberOf(old, before));
        (FilesInUse files, FilesInUse used) = (made.InUse(member), old.InUse(former));
        var found = new List<PartyDifference>();
        void Add(bool differs, ChangedAspect aspect, string path, string path0, bool narrows = false)
        {
            if (differs || path != path0)
            {
                found.Add(new PartyDifference(aspect, path, path == path0 ? null : path0) { Narrows = narrows });
            }
        }

        bool unknown = was is null || now is null;
        Add(unknown || !was!.Key.Span.SequenceEqual(now!.Key.Span), ChangedAspect.Key, member.KeyFile, former.KeyFile);
        Add(
            unknown || !was!.Chain[0].Span.SequenceEqual(now!.Chain[0].Span),
            ChangedAspect.Certificate,
            member.CertificateFile,
            former.CertificateFile,
            was is not null && now is not null && NamesOf(was, before).Except(NamesOf(now, after), StringComparer.Ordinal).Any());
        if (after.Certificate.Presents == Presentation.Chain || before.Certificate.Presents == Presentation.Chain)
        {
            // Where both send themselves alone, that is told of already.
            bool isAlone = files.Chain == member.CertificateFile && used.Chain == former.CertificateFile;
            Add(!isAlone && (unknown || !Same(was!.Chain, now!.Chain)), ChangedAspect.Chain, files.Chain, isAlone ? files.Chain : used.Chain);
        }

        Add(
            unknown || !Same(was!.Anchors, now!.Anchors),
            ChangedAspect.Trust,
            string.Join(", ", files.Anchors),
            string.Join(", ", used.Anchors),
            unknown || was!.Anchors.Any(anchor => !now!.Anchors.Any(other => other.Span.SequenceEqual(anchor.Span))));
        if (files.ChecksRevocation && (unknown || !Same(was!.Crls ?? [], now!.Crls ?? [])))
        {
            found.Add(new PartyDifference(ChangedAspect.Crls, files.Crls ?? "none"));
        }

        bool identity = found.Any(difference => difference.IsIdentity);
        bool trust = found.Any(difference => difference.Aspect == ChangedAspect.Trust);
        found.AddRange(member.Planned.Formats
            .Where(format => FileNames.HoldsAnchors(format.Kind) ? trust : identity || trust)
            .Select(format => new PartyDifference(ChangedAspect.Format, member.At(format.FormatFile))));
        return found;
    }

    /// <summary>By what others know an end: who calls it, by its alternative names, and whom it calls, by its common name too.</summary>
    private static IEnumerable<string> NamesOf(EndArtifacts artifacts, TrialEnd end)
    {
        try
        {
            var names = PeerNames.Of(artifacts.Parsed.Chain[0]);
            return [.. names.AlternativeNames.Select(name => name.ToString()), .. end.Certificate.Role != Role.Server || names.AlternativeNames.IsEmpty ? names.CommonNames : []];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static IEnumerable<PartyDifference> Settings(PartyCertificate before, PartyCertificate after)
    {
        static string Admitted(ImmutableArray<AdmissionPattern>? patterns) => patterns is { } list ? $"[{string.Join(", ", list)}]" : "whoever can be verified";
        if (!(before.Admits is { } old && after.Admits is { } now ? old.SequenceEqual(now) : before.Admits is null && after.Admits is null))
        {
            yield return new PartyDifference(ChangedAspect.Admits, Admitted(after.Admits), Admitted(before.Admits))
            {
                Narrows = after.Admits is { } narrow && (before.Admits is not { } wide || wide.Except(narrow).Any()),
            };
        }

        if (before.MinimumTls != after.MinimumTls)
        {
            yield return new PartyDifference(ChangedAspect.TlsMin, NameOf(after.MinimumTls), NameOf(before.MinimumTls)) { Narrows = after.MinimumTls > before.MinimumTls };
        }

        if (before.ChecksRevocation != after.ChecksRevocation)
        {
            yield return new PartyDifference(ChangedAspect.Revocation, after.ChecksRevocation ? "crl" : "none", before.ChecksRevocation ? "crl" : "none") { Narrows = after.ChecksRevocation };
        }
    }

    /// <summary>A version as a scenario has it.</summary>
    public static string NameOf(TlsVersion? version) => version switch { TlsVersion.Tls12 => "1.2", TlsVersion.Tls13 => "1.3", _ => "each" };

    private static PlannedMember MemberOf(LayoutState state, TrialEnd end) =>
        state.Plan[FileNames.Stem(state.Scenario.Party(end.Party), end.Certificate.Role)].Member(end.Number);

    private static bool Same(ImmutableArray<ReadOnlyMemory<byte>> one, ImmutableArray<ReadOnlyMemory<byte>> other) =>
        one.Length == other.Length && one.Zip(other).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
}
