using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// The one type that knows what files are called. Paths are relative to the folder of the certificates, with <c>/</c>;
/// in a fleet they hold <see cref="Replication.Placeholder"/> for the number.
/// </summary>
internal sealed class FileNames(FolderLayout folders)
{
    /// <summary>The file that locks a folder, where folders themselves cannot be locked.</summary>
    public const string LockFile = TemporaryPrefix + "lock";

    /// <summary>The folder in which another engine works before its results are moved into place.</summary>
    public const string StagingFolder = TemporaryPrefix + "staging";

    /// <summary>The folder in which a script works, before the number of its process.</summary>
    public const string ScriptFolder = TemporaryPrefix + "script";

    private const string TemporaryPrefix = ".mtls-scenario.";
    private const string TemporarySuffix = ".tmp";

    /// <summary>What follows the stem in the name of a file of that kind.</summary>
    public static string Suffix(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Key => ".key",
        ArtifactKind.Request => ".csr",
        ArtifactKind.Certificate => ".crt",
        ArtifactKind.Chain => ".chain.crt",
        ArtifactKind.Anchors => ".trust.crt",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

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
    public string Path(Actor actor, string stem, ArtifactKind kind) => Folder(actor) + stem + Suffix(kind);

    /// <summary>The name under which a file is written before it takes its place, beside it.</summary>
    public static string Temporary(int process, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{process}-{number}{TemporarySuffix}");

    /// <summary>Whether that file name is one of <see cref="Temporary"/>: what a run that was killed left behind.</summary>
    public static bool IsTemporary(string fileName) =>
        fileName.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
        && fileName.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    /// <summary>
    /// Where a key that is replaced is kept, beside its place: <c>.STEM.key.YYYYMMDDTHHMMSSZ</c>.
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
        || (fileName.StartsWith('.') && fileName.Contains(Suffix(ArtifactKind.Key) + ".", StringComparison.Ordinal));

    private string Folder(Actor actor) => folders switch
    {
        FolderLayout.Flat => "",
        FolderLayout.ByParty when actor.Replicas is null => actor.Name + "/",
        FolderLayout.ByParty => $"{actor.Name}-{Replication.Placeholder}/",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
