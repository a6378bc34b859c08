using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>The words of the scenario format.</summary>
internal static class Vocabulary
{
    public static KeywordReader<KeyAlgorithm> Keys { get; } = new(KeyNames.Keys);

    public static KeywordReader<DigestAlgorithm> Digests { get; } = new(KeyNames.Digests);

    public static KeywordReader<CertificateProfile> Profiles { get; } =
        new([("tls", CertificateProfile.Tls), ("bare", CertificateProfile.Bare)]);

    public static KeywordReader<FolderLayout> Folders { get; } =
        new([("flat", FolderLayout.Flat), ("by-party", FolderLayout.ByParty)]);

    public static KeywordReader<Presentation> Presentations { get; } =
        new([("chain", Presentation.Chain), ("leaf", Presentation.Leaf)]);

    public static KeywordReader<TlsVersion> TlsVersions { get; } = new([("1.2", TlsVersion.Tls12), ("1.3", TlsVersion.Tls13)]);

    public static KeywordReader<FormatKind> Formats { get; } = new(
    [
        ("p12", FormatKind.Pkcs12),
        ("truststore", FormatKind.TrustStore),
        ("pem", FormatKind.CombinedPem),
        ("der", FormatKind.Der),
        ("traditional", FormatKind.Traditional),
        ("encrypted", FormatKind.Encrypted),
        ("p7b", FormatKind.Pkcs7),
        ("kubernetes", FormatKind.Kubernetes),
    ]);

    public static KeywordReader<StoreEncryption> Encryptions { get; } =
        new([("aes256", StoreEncryption.Aes256), ("3des", StoreEncryption.TripleDes)]);

    public static KeywordReader<UnixFileMode> KeyModes { get; } = new(
        [.. new[] { "0600", "0640", "0400", "0440" }.Select(octal => (octal, (UnixFileMode)Convert.ToInt32(octal, 8)))]);

    public static KeywordReader<Outcome> Outcomes { get; } =
        new([("accepted", Outcome.Accepted), ("rejected", Outcome.Rejected)]);

    public static KeywordReader<RejectingEnd> RejectingEnds { get; } =
        new([("client", new(Side.Client)), ("server", new(Side.Server)), ("either", new(null))]);

    public static KeywordReader<RejectionReason> Reasons { get; } =
        new([.. RejectionReasonNames.All.Select(pair => (pair.Name, pair.Reason))]);

    /// <summary>What the calling end sends, other than its own.</summary>
    public static KeywordReader<bool> Nothing { get; } = new([("nothing", true)]);

    /// <summary>Against what an end checks the certificates of the other.</summary>
    public static KeywordReader<bool> Revocation { get; } = new([("crl", true), ("none", false)]);

    /// <summary>What an authority issues of CRLs, in a word.</summary>
    public static KeywordReader<bool> Nothings { get; } = new([("none", true)]);

    /// <summary>The bits of keyUsage.</summary>
    public static KeywordReader<KeyUsages> KeyUsage { get; } = new([.. KeyUsageNames.All]);
}
