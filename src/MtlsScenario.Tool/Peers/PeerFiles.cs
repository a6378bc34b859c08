using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Context;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>
/// The artifacts of an end as files that a program can read: a folder that only this user can enter, removed when disposed of.
/// </summary>
internal sealed partial class PeerFiles : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Prefix = "mtls-scenario-";
    private readonly DirectoryInfo _folder;

    /// <summary>Writes the files.</summary>
    /// <exception cref="EnvironmentException">There is no place for them.</exception>
    public PeerFiles(EndArtifacts artifacts)
    {
        _folder = InPlace(() => Directory.CreateTempSubdirectory(Prefix));
        try
        {
            Leaf = Write("leaf.crt", Blocks(Pem.Certificate, artifacts.Chain.Take(1)));
            Intermediates = artifacts.Chain.Length > 1 ? Write("intermediates.crt", Blocks(Pem.Certificate, artifacts.Chain.Skip(1))) : null;
            Chain = Write("chain.crt", Blocks(Pem.Certificate, artifacts.Chain));
            Anchors = artifacts.Anchors.IsEmpty ? null : Write("trust.crt", Blocks(Pem.Certificate, artifacts.Anchors));
            byte[] crls = Blocks(Pem.Crl, artifacts.Crls ?? []);
            Crls = crls is [] ? null : Write("all.crl", crls);
            AnchorsAndCrls = Anchors is null ? null : Write("trust-and-crls.pem", [.. Blocks(Pem.Certificate, artifacts.Anchors), .. crls]);
            EmptyFolder = _folder.CreateSubdirectory("empty").FullName;
            byte[] key = Pem.Encode(Pem.PrivateKey, artifacts.Key.Span);
            Key = Write("own.key", key);
            CryptographicOperations.ZeroMemory(key);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder of all.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The certificate alone.</summary>
    public string Leaf { get; }

    /// <summary>What is presented beside it, or null.</summary>
    public string? Intermediates { get; }

    /// <summary>What is presented, leaf first.</summary>
    public string Chain { get; }

    /// <summary>The private key.</summary>
    public string Key { get; }

    /// <summary>The trust anchors; null where there are none.</summary>
    public string? Anchors { get; }

    /// <summary>The CRLs, one after the other; null where there are none.</summary>
    public string? Crls { get; }

    /// <summary>The trust anchors and then the CRLs, for programs that look for both in one place; null where there are no anchors.</summary>
    public string? AnchorsAndCrls { get; }

    /// <summary>A folder with nothing in it, for programs that look for trust anchors in one unless they are given another.</summary>
    public string EmptyFolder { get; }

    /// <summary>Writes one more file, of text.</summary>
    /// <exception cref="EnvironmentException">There is no place for it.</exception>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>What a program said, without the names of such folders: whoever reads it finds none of them any more.</summary>
    public static string WithoutFolders(string said) =>
        said.Contains(Prefix, StringComparison.Ordinal) ? Folders().Replace(said, "") : said;

    [GeneratedRegex($"""[^\s"'=(:]*/{Prefix}[A-Za-z0-9]+/""")]
    private static partial Regex Folders();

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Blocks(string label, IEnumerable<ReadOnlyMemory<byte>> all) => [.. all.SelectMany(der => Pem.Encode(label, der.Span))];

    /// <summary>A missing folder or a full disk says nothing about a connection.</summary>
    private static T InPlace<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"in {VisibleText.Of(Path.GetTempPath())} no file can be made for a program that is to be tried: {VisibleText.Of(exception.Message.TrimEnd('.'))}",
                "TMPDIR names another folder for temporary files");
        }
    }

    private string Write(string name, byte[] content) => InPlace(() => WriteNew(name, content));

    private string WriteNew(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        return path;
    }
}
