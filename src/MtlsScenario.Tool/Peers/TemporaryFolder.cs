using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Peers;

/// <summary>A folder for a program's files that only this user can enter, removed when disposed of.</summary>
internal partial class TemporaryFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Prefix = "mtls-scenario-";
    private readonly DirectoryInfo _folder = InPlace(() => Directory.CreateTempSubdirectory(Prefix));

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
    protected string MakeFolder(string name) => InPlace(() => _folder.CreateSubdirectory(name).FullName);

    /// <summary>Writes a file.</summary>
    /// <exception cref="EnvironmentException">There is no place for it.</exception>
    public string Write(string name, byte[] content) => InPlace(() => WriteNew(name, content));

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
