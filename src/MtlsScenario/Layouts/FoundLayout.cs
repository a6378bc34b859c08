using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>The layout of what is in the folder of a scenario, whoever put it there.</summary>
internal sealed class FoundLayout : IDisposable
{
    private const int MostFaults = 5;
    private const string Missing = "missing";

    private readonly Plan _plan;
    private readonly Func<string, FileContent> _read;
    private readonly FolderKeys _keys;
    private readonly bool _inWordsOfPlan;
    private readonly List<KnownAuthority> _authorities = [];
    private readonly CertificateDescriber _describer;
    private readonly AwaitedCertificates _awaited;
    private readonly PlannedCrls _crls;

    private FoundLayout(Plan plan, Func<string, FileContent> read, bool inWordsOfPlan)
    {
        (_plan, _read, _inWordsOfPlan) = (plan, read, inWordsOfPlan);
        _keys = new FolderKeys(read);
        _awaited = new AwaitedCertificates(plan, path => !read(path).IsMissing);
        foreach (PlannedCertificate authority in plan.Certificates.Where(planned => planned.IsAuthority))
        {
            if (Read(authority.Files.Certificate).Certificate is { } certificate)
            {
                _authorities.Add(new KnownAuthority(authority.Stem, certificate));
            }
        }

        _describer = new CertificateDescriber(_authorities);
        _crls = new PlannedCrls(plan, read, stem => _authorities.Find(authority => authority.Stem == stem)?.Certificate);
    }

    /// <summary>The layout as it is, with serial numbers and dates.</summary>
    public static Layout AsItIs(Plan plan, FolderReader reader, CancellationToken cancellationToken = default) =>
        Of(plan, reader.Read, int.MaxValue, inWordsOfPlan: false, cancellationToken) with { OtherFiles = UnplannedFileFinder.Find(plan, reader) };

    /// <summary>
    /// The layout with the words of the plan wherever a certificate fulfils it: where all is in step, the same as
    /// <see cref="PlannedLayout"/>.
    /// </summary>
    public static Layout InWordsOfPlan(Plan plan, FolderReader reader, CancellationToken cancellationToken = default) =>
        Of(plan, reader.Read, int.MaxValue, inWordsOfPlan: true, cancellationToken);

    /// <summary>
    /// The same of certificates that are in memory. Of a fleet, whose replicas are all made in one way when they are asked for,
    /// it looks at the first.
    /// </summary>
    /// <param name="plan">What was issued.</param>
    /// <param name="read">Gives what a file would hold.</param>
    public static Layout InWordsOfPlan(Plan plan, Func<string, FileContent> read) =>
        Of(plan, read, 1, inWordsOfPlan: true, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (KnownAuthority authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private static Layout Of(
        Plan plan, Func<string, FileContent> read, int mostReplicas, bool inWordsOfPlan, CancellationToken cancellationToken)
    {
        using var found = new FoundLayout(plan, read, inWordsOfPlan);
        var entries = new List<CertificateEntry>();
        foreach (PlannedCertificate planned in plan.Certificates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.Add(planned.Replicas is null
                ? found.Entry(planned, new PlanMasker(plan, planned), number: null).Entry
                : found.Fleet(planned, Math.Min(mostReplicas, planned.Replicas.Count), cancellationToken));
        }

        ILookup<string, string> trusting = entries
            .SelectMany(entry => (entry.Trusts ?? []).Distinct(StringComparer.Ordinal), (entry, anchor) => (entry.Stem, anchor))
            .ToLookup(pair => pair.anchor, pair => pair.Stem, StringComparer.Ordinal);
        return new Layout(
            plan.Name,
            plan.Description,
            [.. entries.Select(entry => entry.TrustedBy is null ? entry : entry with { TrustedBy = [.. trusting[entry.Stem]] })],
            OtherFiles: [])
        {
            Crls = inWordsOfPlan ? [] : found.Crls(),
        };
    }

    /// <summary>The CRLs as they are; of a fleet that checks, the files of the first.</summary>
    private ImmutableArray<CrlDescription> Crls()
    {
        var crls = new FoundCrls();
        foreach (FinalStep final in _plan.CrlSteps)
        {
            string path = Replication.Fill(final.Step.Output, final.Replicas is null ? null : 1);
            if (_read(path).Bytes is { } bytes)
            {
                crls.Add(path, bytes);
            }
        }

        return crls.Describe(_describer, _plan.Certificates.SelectMany(planned => planned.Members).Where(member => _plan.CrlSteps.Length > 0)
            .Select(member => (member.Stem, Read(member.CertificateFile).Certificate!)).Where(pair => pair.Item2 is not null));
    }

    /// <summary>The first replica, in the words of the plan, and whoever does not say the same.</summary>
    private CertificateEntry Fleet(PlannedCertificate planned, int count, CancellationToken cancellationToken)
    {
        var matcher = new PlanMasker(_plan, planned);
        (CertificateEntry first, ParsedCertificate? soonest) = Entry(planned, matcher, number: 1);
        string text = LayoutText.Of(first, now: null);
        var faults = ImmutableArray.CreateBuilder<string>();
        int others = 0;
        for (int number = 2; number <= count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (CertificateEntry entry, ParsedCertificate? certificate) = Entry(planned, matcher, number);
            soonest = certificate?.NotAfter < (soonest?.NotAfter ?? DateTimeOffset.MaxValue) ? certificate : soonest;
            string other = LayoutText.Of(entry, now: null);
            if (string.Equals(other, text, StringComparison.Ordinal))
            {
                continue;
            }

            others++;
            if (faults.Count < MostFaults)
            {
                faults.Add($"{planned.Member(number).Stem} differs: {LineDifference.First(text, other)}");
            }
        }

        if (others > faults.Count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{others - faults.Count} more differ"));
        }

        first = first with { Faults = [.. first.Faults, .. faults] };
        return _inWordsOfPlan || first.Content is null || soonest is null
            ? first
            : first with
            {
                Content = first.Content with
                {
                    Validity = $"{first.Content.Validity}, the first to end does so at {TimeText.Of(soonest.NotAfter)}",
                    NotBefore = soonest.NotBefore,
                    NotAfter = soonest.NotAfter,
                },
            };
    }

    private (CertificateEntry Entry, ParsedCertificate? Certificate) Entry(
        PlannedCertificate planned, PlanMasker matcher, int? number)
    {
        CertificateEntry entry = PlannedLayout.EntryOf(_plan, planned);
        PlannedMember member = planned.Member(number);
        (ParsedCertificate? certificate, string? fault) = Read(member.CertificateFile);
        bool isAwaited = fault == Missing && _awaited.Have(member);
        CertificateContent? content = certificate is not null ? _describer.Describe(certificate) : isAwaited ? PlannedLayout.ContentOf(_plan, planned) : null;
        (ImmutableArray<string>? trusts, string? anchorsNote) = Trusts(member);
        (string? revoked, string? revocationFault) = certificate is null ? (entry.Revoked, null) : _crls.Of(planned, number, certificate, _inWordsOfPlan || number is not null);
        entry = entry with
        {
            IsAwaited = isAwaited,
            Part = isAwaited ? $"{entry.Part}, awaited" : entry.Part,
            Revoked = revoked,
            Faults = revocationFault is null ? [] : [revocationFault],
            Content = certificate is not null && content is not null && (_inWordsOfPlan || number is not null)
                ? matcher.Match(certificate, content, number)
                : content,
            Files =
            [
                .. entry.Files.Select(file => file with
                {
                    Note = file.Kind switch
                    {
                        ArtifactKind.Key => KeyNote(member.KeyFile, certificate),
                        ArtifactKind.Certificate => isAwaited ? "awaited" : fault,
                        ArtifactKind.Chain => ChainNote(member),
                        ArtifactKind.Anchors => anchorsNote,
                        ArtifactKind.Crl => _crls.Note(member),
                        _ => _read(member.At(file.Path)).IsMissing ? Missing : null,
                    },
                }),
            ],
            Trusts = trusts,
        };
        return (entry, certificate);
    }

    private string? KeyNote(string path, ParsedCertificate? certificate) => _keys.Read(path) switch
    {
        KeyOnDisk.Missing => Missing,
        KeyOnDisk.Unusable unusable => unusable.Fault,
        KeyOnDisk.Present present when certificate is not null
            && !present.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span) =>
            "not the key of the certificate",
        _ => null,
    };

    private string? ChainNote(PlannedMember member)
    {
        FileContent content = _read(member.ChainFile!);
        if (content.Bytes is not { } bytes)
        {
            return content.Fault ?? Missing;
        }

        byte[]?[] parts =
        [
            _read(member.CertificateFile).Bytes,
            .. member.Planned.Intermediates.Select(stem => _read(_plan[stem].Files.Certificate).Bytes),
        ];
        return Bundle.TryMake(parts) is { } expected && !Bundle.HaveSame(expected, bytes)
            ? "not the certificate and its intermediates"
            : null;
    }

    private (ImmutableArray<string>? Trusts, string? Note) Trusts(PlannedMember member)
    {
        PlannedCertificate planned = member.Planned;
        if (planned.IsAuthority || member.AnchorsFile is not { } path)
        {
            return (planned.IsAuthority ? null : [], null);
        }

        FileContent content = _read(path);
        if (content.Bytes is not { } bytes)
        {
            return (planned.Anchors, content.Fault ?? Missing);
        }

        ImmutableArray<string> found = [.. Pem.Decode(bytes).Where(block => block.Label == Pem.Certificate).Select(NameOf)];
        return (found, found.IsEmpty ? "no certificate" : null);
    }

    /// <summary>The stem of the authority whose certificate it is; otherwise its subject.</summary>
    private string NameOf(PemBlock block)
    {
        KnownAuthority? known = _authorities.Find(authority => authority.Certificate.Der.Span.SequenceEqual(block.Der));
        return known?.Stem
            ?? (ParsedCertificate.TryParse(block.Der, out ParsedCertificate? other) ? other.Subject.ToString() : "damaged");
    }

    private (ParsedCertificate? Certificate, string? Fault) Read(string path)
    {
        FileContent content = _read(path);
        return content switch
        {
            { IsMissing: true } => (null, Missing),
            { Fault: { } fault } => (null, fault),
            _ => ParsedCertificate.TryRead(content.Bytes, out ParsedCertificate? certificate)
                ? (certificate, null)
                : (null, CertificateFault.Of(content.Bytes)),
        };
    }
}
