using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Layouts;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A layout for programs: what <c>show --json</c> prints.</summary>
/// <param name="Scenario">The scenario's name; null of a folder without one.</param>
/// <param name="Description">What the scenario is about, or null.</param>
/// <param name="Certificates">The certificates; of a fleet, one that stands for all.</param>
/// <param name="OtherFiles">Files that are no part of it.</param>
internal sealed record LayoutJson(
    string? Scenario,
    string? Description,
    ImmutableArray<LayoutJson.Certificate> Certificates,
    ImmutableArray<string> OtherFiles)
{
    /// <summary>The form of a layout.</summary>
    public static LayoutJson Of(Layout layout, DateTimeOffset now) => new(
        layout.Name,
        layout.Description,
        [.. layout.Certificates.Select(entry => Of(entry, now))],
        layout.OtherFiles);

    private static Certificate Of(CertificateEntry entry, DateTimeOffset now) => new(
        entry.Stem,
        entry.Part,
        entry.Content is { } content ? Of(content, now) : null,
        [.. entry.Files.Select(file => new File(file.KindText, file.Path, file.Note))],
        entry.Trusts,
        entry.TrustedBy,
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
    /// <param name="Faults">What is not as it should be.</param>
    internal sealed record Certificate(
        string Stem,
        string Part,
        Saying? Says,
        ImmutableArray<File> Files,
        ImmutableArray<string>? Trusts,
        ImmutableArray<string>? TrustedBy,
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

    /// <summary>A file, and what is to be said of it.</summary>
    internal sealed record File(string Kind, string Path, string? Note);
}

/// <summary>How <see cref="LayoutJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LayoutJson))]
internal sealed partial class LayoutJsonContext : JsonSerializerContext;
