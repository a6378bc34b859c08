using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Tells from the files of a folder how what a party trusts differs from what it trusted before.</summary>
internal sealed class TrustExaminer(Plan plan, FolderReader reader)
{
    /// <summary>The stems of the authorities by name and key, as they were before this run.</summary>
    private readonly Lazy<ILookup<string, string>> _stems = new(() => plan.Certificates
        .Where(planned => planned.IsAuthority)
        .SelectMany(planned => Certificates(reader.Read(planned.Files.Certificate).Bytes).Take(1), (planned, found) => (planned.Stem, found))
        .ToLookup(pair => KeyOf(pair.found), pair => pair.Stem, StringComparer.Ordinal));

    /// <summary>The stems of the authorities by the file of their certificate.</summary>
    private readonly Lazy<ILookup<string, string>> _owners = new(() => plan.Certificates
        .Where(planned => planned.IsAuthority)
        .ToLookup(planned => planned.Files.Certificate, planned => planned.Stem, StringComparer.Ordinal));

    /// <summary>The change that a final step brings; null where it brings none, or all is made for the first time.</summary>
    /// <param name="final">A file of anchors, or the copy of one.</param>
    /// <param name="number">Which replica, or null.</param>
    public TrustChange? Of(FinalStep final, int? number)
    {
        PlannedCertificate planned = plan[final.Stem];
        FileContent output = reader.Read(final.Derived(number).Output);
        if (output.IsMissing && reader.Read(planned.Member(number).CertificateFile).IsMissing)
        {
            return null;
        }

        if (final.Step is WriteFormat)
        {
            return null;
        }

        if (final.Step is not WriteAnchors anchors)
        {
            return output.IsMissing ? new TrustChange(planned.Holder.Name, planned.Anchors, [AnchorOf((HandOver)final.Step)], []) : null;
        }

        if (output.IsMissing)
        {
            // Before, one authority's own certificate did. Which one is seen where the others are yet to come.
            ImmutableArray<string> added =
            [
                .. planned.Anchors.Zip(anchors.CertificateFiles)
                    .Where(anchor => reader.Read(planned.Member(number).At(anchor.Second)).IsMissing)
                    .Select(anchor => anchor.First),
            ];
            return new TrustChange(planned.Holder.Name, planned.Anchors, added.Length == planned.Anchors.Length - 1 ? added : [], []);
        }

        ImmutableArray<string> held = Held(output.Bytes);
        ImmutableArray<string> gained = [.. planned.Anchors.Except(held, StringComparer.Ordinal)];
        ImmutableArray<string> lost = [.. held.Except(planned.Anchors, StringComparer.Ordinal)];
        return gained.IsEmpty && lost.IsEmpty ? null : new TrustChange(planned.Holder.Name, planned.Anchors, gained, lost);
    }

    /// <summary>Whose certificates are in a file: stems of authorities or, of what the scenario does not know, subjects.</summary>
    public ImmutableArray<string> Held(byte[]? bundle) =>
    [
        .. Certificates(bundle)
            .Select(found => _stems.Value[KeyOf(found)].FirstOrDefault() ?? found.Subject.ToString())
            .Distinct(StringComparer.Ordinal),
    ];

    private string AnchorOf(HandOver copy) => _owners.Value[copy.SourceFile].First();

    private static IEnumerable<ParsedCertificate> Certificates(byte[]? file) => Bundle.Certificates(file);

    private static string KeyOf(ParsedCertificate certificate) =>
        $"{Convert.ToHexString(certificate.Subject.Der.Span)} {Convert.ToHexString(certificate.SubjectPublicKeyInfo.Span)}";
}
