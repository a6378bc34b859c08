using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Peers;

/// <summary>A folder for a program's files that only this user can enter, removed when disposed of.</summary>
/// <param name="inMemory">
/// Whether it is to be in memory where the machine has a place for that, and the user named no other: no key then comes to a
/// disk, and hundreds of small files cost less. Programs may not be allowed to run from there.
/// </param>
internal partial class TemporaryFolder(bool inMemory = false) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Prefix = "mtls-scenario-";

    /// <summary>Linux's file system in memory, which everybody may write to as to <c>/tmp</c>.</summary>
    private const string Memory = "/dev/shm";

    private readonly DirectoryInfo _folder = (inMemory ? TryInMemory() : null) ?? InPlace(Path.GetTempPath(), () => Directory.CreateTempSubdirectory(Prefix));

    /// <summary>Its path.</summary>
    /// <exception cref="EnvironmentException">There was no place for it.</exception>
    public string Folder => _folder.FullName;

    /// <summary>Writes a file of text.</summary>
    /// <exception cref="EnvironmentException">There is no place for it.</exception>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>What a program said, without the names of such folders: whoever reads it finds none of them any more.</summary>
    public static string WithoutFolders(string said) =>
        said.Contains(Prefix, StringComparison.Ordinal) ? Folders().Replace(said, "") : said;

    [GeneratedRegex($"""[^\s"'=(:]*/{Prefix}[A-Za-z0-9]+/""")]
    private static partial Regex Folders();

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a folder in it.</summary>
    protected string MakeFolder(string name) => InPlace(Path.GetDirectoryName(Folder)!, () => _folder.CreateSubdirectory(name).FullName);

    /// <summary>Writes a file.</summary>
    /// <exception cref="EnvironmentException">There is no place for it.</exception>
    public string Write(string name, byte[] content) => InPlace(Path.GetDirectoryName(Folder)!, () => WriteNew(name, content));

    /// <summary>A missing folder or a full disk says nothing about a connection.</summary>
    private static T InPlace<T>(string place, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"in {VisibleText.Of(place)} no file can be made for a program that is to be tried: {VisibleText.Of(exception.Message.TrimEnd('.'))}",
                "TMPDIR names another folder for temporary files");
        }
    }

    private static DirectoryInfo? TryInMemory()
    {
        if (!OperatingSystem.IsLinux() || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR")))
        {
            return null;
        }

        byte[] template = Encoding.UTF8.GetBytes($"{Memory}/{Prefix}XXXXXX\0");
        return MakeTemporary(template) == 0 ? null : new DirectoryInfo(Encoding.UTF8.GetString(template.AsSpan(..^1)));
    }

    /// <summary>Makes a folder that was not there, which its owner alone may enter, and writes its name over the template.</summary>
    [LibraryImport("libc", EntryPoint = "mkdtemp")]
    private static partial nint MakeTemporary([In, Out] byte[] template);

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
