using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// The one type that knows what files are called. Paths are relative to the folder of the certificates, with <c>/</c>;
/// in a fleet they hold <see cref="Replication.Placeholder"/> for the number.
/// </summary>
/// <param name="folders">How they are laid out.</param>
/// <param name="places">Where files are that are not called by their stem.</param>
internal sealed class FileNames(FolderLayout folders, IReadOnlyDictionary<(string Stem, ArtifactKind Kind), string> places)
{
    /// <summary>The file that locks a folder, where folders themselves cannot be locked.</summary>
    public const string LockFile = TemporaryPrefix + "lock";

    /// <summary>The folder in which another engine works before its results are moved into place.</summary>
    public const string StagingFolder = TemporaryPrefix + "staging";

    /// <summary>The folder in which a script works, before the number of its process.</summary>
    public const string ScriptFolder = TemporaryPrefix + "script";

    private const string TemporaryPrefix = ".mtls-scenario.";
    private const string TemporarySuffix = ".tmp";

    private static readonly ImmutableArray<ArtifactKind> _bundlesAndFormats =
        [.. Enum.GetValues<ArtifactKind>().Except([ArtifactKind.Key, ArtifactKind.Request, ArtifactKind.Certificate])];

    /// <summary>What stands in the name of a file with a key that is put aside.</summary>
    private static readonly string[] _keyMarks = Array.ConvertAll(Array.FindAll(Enum.GetValues<ArtifactKind>(), HoldsKey), kind => Suffix(kind) + ".");

    /// <summary>What follows the stem in the name of a file of that kind.</summary>
    public static string Suffix(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Key => ".key",
        ArtifactKind.Request => ".csr",
        ArtifactKind.Certificate => ".crt",
        ArtifactKind.Chain => ".chain.crt",
        ArtifactKind.Anchors => ".trust.crt",
        ArtifactKind.Crl => ".crl",
        ArtifactKind.Pkcs12 => ".p12",
        ArtifactKind.TrustStore => ".trust.p12",
        ArtifactKind.CombinedPem => ".pem",
        ArtifactKind.CertificateDer => ".crt.der",
        ArtifactKind.KeyDer => ".key.der",
        ArtifactKind.TraditionalKey => ".traditional.key",
        ArtifactKind.EncryptedKey => ".encrypted.key",
        ArtifactKind.Pkcs7 => ".p7b",
        ArtifactKind.Secret => ".secret.yaml",
        ArtifactKind.TrustConfigMap => ".trust.yaml",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the files of a scenario are called.</summary>
    public static FileNames Of(Scenario scenario) => new(
        scenario.Folders,
        scenario.Authorities.SelectMany(authority => Places(Stem(authority), authority.Files))
            .Concat(
                from party in scenario.Parties
                from certificate in party.Certificates
                from place in Places(Stem(party, certificate.Role), certificate.Files)
                select place)
            .ToDictionary());

    /// <summary>The kinds of file of a format.</summary>
    public static ImmutableArray<ArtifactKind> FilesOf(FormatKind format) => format switch
    {
        FormatKind.Pkcs12 => [ArtifactKind.Pkcs12],
        FormatKind.TrustStore => [ArtifactKind.TrustStore],
        FormatKind.CombinedPem => [ArtifactKind.CombinedPem],
        FormatKind.Der => [ArtifactKind.CertificateDer, ArtifactKind.KeyDer],
        FormatKind.Traditional => [ArtifactKind.TraditionalKey],
        FormatKind.Encrypted => [ArtifactKind.EncryptedKey],
        FormatKind.Pkcs7 => [ArtifactKind.Pkcs7],
        FormatKind.Kubernetes => [ArtifactKind.Secret, ArtifactKind.TrustConfigMap],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whether there is a private key in files of that kind.</summary>
    public static bool HoldsKey(ArtifactKind kind) => kind is ArtifactKind.Key or ArtifactKind.Pkcs12 or ArtifactKind.CombinedPem
        or ArtifactKind.KeyDer or ArtifactKind.TraditionalKey or ArtifactKind.EncryptedKey or ArtifactKind.Secret;

    /// <summary>Whether there is nothing but trust anchors in files of that kind.</summary>
    public static bool HoldsAnchors(ArtifactKind kind) =>
        kind is ArtifactKind.Anchors or ArtifactKind.TrustStore or ArtifactKind.TrustConfigMap;

    /// <summary>What Kubernetes calls the objects with what is in the files of a stem.</summary>
    public static string ObjectName(string stem) => stem.ToLowerInvariant().Replace('_', '-');

    /// <summary>The word for a role in a file stem.</summary>
    public static string RoleName(Role role) => role switch
    {
        Role.Server => "server",
        Role.Client => "client",
        Role.Peer => "peer",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The file stem of an authority's certificate.</summary>
    public static string Stem(Authority authority) => authority.Name;

    /// <summary>The file stem of a party's certificate.</summary>
    public static string Stem(Party party, Role role) => party.Replicas is null
        ? $"{party.Name}_{RoleName(role)}"
        : $"{party.Name}-{Replication.Placeholder}_{RoleName(role)}";

    /// <summary>The file of that kind with that stem, where that one has it.</summary>
    public string Path(Actor actor, string stem, ArtifactKind kind) => PlaceOf(stem, kind) ?? Folder(actor) + stem + Suffix(kind);

    /// <summary>Where the scenario says that file of that certificate is; null where its stem gives it.</summary>
    public string? PlaceOf(string stem, ArtifactKind kind) => places.GetValueOrDefault((stem, kind));

    private static IEnumerable<KeyValuePair<(string Stem, ArtifactKind Kind), string>> Places(string stem, CertificatePlaces? files) =>
        from place in new[]
        {
            (ArtifactKind.Certificate, files?.Certificate), (ArtifactKind.Key, files?.Key), (ArtifactKind.Request, files?.Request),
            (ArtifactKind.Chain, files?.Chain), (ArtifactKind.Anchors, files?.Trust),
        }
        where place.Item2 is not null
        select KeyValuePair.Create((stem, place.Item1), place.Item2!);

    /// <summary>Where bundles and formats of a certificate would be that it does not have.</summary>
    public IEnumerable<(ArtifactKind Kind, string Path)> UnusedOf(PlannedCertificate planned)
    {
        foreach (ArtifactKind kind in planned.IsAuthority ? [ArtifactKind.Chain, ArtifactKind.Crl] : _bundlesAndFormats)
        {
            string path = Path(planned.Holder, planned.Stem, kind);
            if (!(kind == ArtifactKind.Chain && planned.IsExternal) && path != planned.Files.Chain && path != planned.Files.Anchors && planned.Formats.All(format => format.FormatFile != path))
            {
                yield return (kind, path);
            }
        }
    }

    /// <summary>Where the chain of a provided certificate is, where it comes with intermediates of which the scenario knows nothing.</summary>
    public static string ProvidedChain(string certificateFile) =>
        certificateFile[..^System.IO.Path.GetExtension(certificateFile).Length] + Suffix(ArtifactKind.Chain);

    /// <summary>The name under which a file is written before it takes its place, beside it.</summary>
    public static string Temporary(int process, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{process}-{number}{TemporarySuffix}");

    /// <summary>Whether that file name is one of <see cref="Temporary"/>: what a run that was killed left behind.</summary>
    public static bool IsTemporary(string fileName) =>
        fileName.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
        && fileName.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    /// <summary>
    /// Where a file with a key that is replaced is kept, beside its place: <c>.STEM.key.YYYYMMDDTHHMMSSZ</c>.
    /// </summary>
    /// <param name="keyFileName">The key's file name, without a folder.</param>
    /// <param name="now">The moment of replacement.</param>
    public static string PutAside(string keyFileName, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $".{keyFileName}.{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>
    /// Whether that file name is one of ours that a plan does not list: put aside, temporary or a lock. What a script or an
    /// engine left that was killed is none: there may be keys in it, and nobody else would say so.
    /// </summary>
    public static bool IsOwn(string fileName) =>
        (fileName.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
            && !fileName.StartsWith(ScriptFolder, StringComparison.Ordinal)
            && fileName != StagingFolder)
        || (fileName.StartsWith('.') && _keyMarks.Any(mark => fileName.Contains(mark, StringComparison.Ordinal)));

    private string Folder(Actor actor) => folders switch
    {
        FolderLayout.Flat => "",
        FolderLayout.ByParty when actor.Replicas is null => actor.Name + "/",
        FolderLayout.ByParty => $"{actor.Name}-{Replication.Placeholder}/",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
