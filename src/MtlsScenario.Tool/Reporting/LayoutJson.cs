using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Layouts;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A layout for programs: what <c>show --json</c> prints.</summary>
/// <param name="Scenario">The scenario's name; null of a folder without one.</param>
/// <param name="Description">What the scenario is about, or null.</param>
/// <param name="Certificates">The certificates; of a fleet, one that stands for all.</param>
/// <param name="Crls">The CRLs that are there.</param>
/// <param name="OtherFiles">Files that are no part of it.</param>
internal sealed record LayoutJson(
    string? Scenario,
    string? Description,
    ImmutableArray<LayoutJson.Certificate> Certificates,
    ImmutableArray<LayoutJson.RevocationList> Crls,
    ImmutableArray<string> OtherFiles)
{
    /// <summary>The form of a layout.</summary>
    public static LayoutJson Of(Layout layout, DateTimeOffset now) => new(
        layout.Name,
        layout.Description,
        [.. layout.Certificates.Select(entry => Of(entry, now))],
        [.. layout.Crls.Select(crl => Of(crl, now))],
        layout.OtherFiles);

    private static RevocationList Of(CrlDescription crl, DateTimeOffset now) => new(
        crl.Files,
        crl.Version,
        crl.SignatureAlgorithm,
        crl.Issuer,
        crl.IssuerStem,
        TimeText.Of(crl.ThisUpdate),
        crl.NextUpdate is { } next ? TimeText.Of(next) : null,
        crl.NextUpdate is { } end ? (int)Math.Floor((end - now).TotalDays) : null,
        [.. crl.Entries.Select(entry => new Revoked(entry.SerialNumber, entry.Certificate, TimeText.Of(entry.RevokedAt), entry.Reason))],
        [.. crl.Extensions.Select(extension => new Extension(extension.Name, extension.IsCritical, extension.Value))]);

    private static Certificate Of(CertificateEntry entry, DateTimeOffset now) => new(
        entry.Stem,
        entry.Part,
        entry.Content is { } content ? Of(content, now) : null,
        [.. entry.Files.Select(file => new File(file.KindText, file.Path, file.Note))],
        entry.Trusts,
        entry.TrustedBy,
        entry.Revoked,
        entry.Checks,
        entry.Faults)
    {
        Awaited = entry.IsAwaited ? true : null,
    };

    private static Saying Of(CertificateContent content, DateTimeOffset now) => new(
        content.Version,
        content.SerialNumber,
        content.SignatureAlgorithm,
        content.Issuer,
        content.Validity,
        content.NotBefore is { } notBefore ? TimeText.Of(notBefore) : null,
        content.NotAfter is { } notAfter ? TimeText.Of(notAfter) : null,
        content.NotAfter is { } end ? (int)Math.Floor((end - now).TotalDays) : null,
        content.Subject,
        content.PublicKey,
        [.. content.Extensions.Select(extension => new Extension(extension.Name, extension.IsCritical, extension.Value))]);

    /// <summary>One certificate.</summary>
    /// <param name="Stem">Its file stem.</param>
    /// <param name="Part">What it is: <c>authority</c>, <c>server of bob</c>.</param>
    /// <param name="Says">What it says; null where it is not there.</param>
    /// <param name="Files">Where its files are.</param>
    /// <param name="Trusts">Whom its holder trusts, or null.</param>
    /// <param name="TrustedBy">Who trusts it, or null.</param>
    /// <param name="Revoked">Why and since when it is revoked, or null.</param>
    /// <param name="ChecksCrlsOf">The authorities against whose CRLs its holder checks, or null.</param>
    /// <param name="Faults">What is not as it should be.</param>
    internal sealed record Certificate(
        string Stem,
        string Part,
        Saying? Says,
        ImmutableArray<File> Files,
        ImmutableArray<string>? Trusts,
        ImmutableArray<string>? TrustedBy,
        string? Revoked,
        ImmutableArray<string>? ChecksCrlsOf,
        ImmutableArray<string> Faults)
    {
        /// <summary>True where it is for others to send, and what it says is what it is to say.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public bool? Awaited { get; init; }
    }

    /// <summary>What a certificate says, in the order of RFC 5280.</summary>
    internal sealed record Saying(
        int Version,
        string SerialNumber,
        string? Signature,
        string Issuer,
        string Validity,
        string? NotBefore,
        string? NotAfter,
        int? DaysLeft,
        string Subject,
        string SubjectPublicKey,
        ImmutableArray<Extension> Extensions);

    /// <summary>An extension.</summary>
    internal sealed record Extension(string Name, bool Critical, string Value);

    /// <summary>A CRL; the authority is the stem of the one whose key signed it, where that is known.</summary>
    internal sealed record RevocationList(
        ImmutableArray<string> Files,
        int Version,
        string Signature,
        string Issuer,
        string? Authority,
        string ThisUpdate,
        string? NextUpdate,
        int? DaysLeft,
        ImmutableArray<Revoked> RevokedCertificates,
        ImmutableArray<Extension> Extensions);

    /// <summary>An entry of a CRL, and the stem of its certificate where that is here.</summary>
    internal sealed record Revoked(string SerialNumber, string? Certificate, string RevocationDate, string? Reason);

    /// <summary>A file, and what is to be said of it.</summary>
    internal sealed record File(string Kind, string Path, string? Note);
}

/// <summary>How <see cref="LayoutJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LayoutJson))]
internal sealed partial class LayoutJsonContext : JsonSerializerContext;
