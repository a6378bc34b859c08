using System.Diagnostics;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Stores;

namespace MtlsScenario.Reconciling;

/// <summary>The passwords of a plan's stores and encrypted keys, each read once. Disposing of it clears them.</summary>
/// <param name="folder">The folder of the scenario: paths are relative to it.</param>
/// <param name="environment">Gives the value of a variable; null where it is not set.</param>
internal sealed class StorePasswords(string folder, Func<string, string?> environment) : IDisposable
{
    /// <summary>What is past that belongs to no password that can be used.</summary>
    private const int MostBytes = PasswordRules.Longest + 2;

    private readonly Password _wellKnown = Password.WellKnown();
    private readonly Dictionary<PasswordSource, Password> _read = [];
    private readonly List<string> _warnings = [];

    /// <summary>The password of a format.</summary>
    /// <exception cref="KeyNotFoundException">It was not found by <see cref="Obstacles"/>.</exception>
    public Password Of(WriteFormat format) => format.Password is { } source ? _read[source] : _wellKnown;

    /// <summary>All that were read, and the one that everybody knows.</summary>
    public IEnumerable<Password> All => _read.Values.Append(_wellKnown);

    /// <summary>What is to be said of the files that were read: whoever can read a password can open the keys.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether others than its owner may read a file with a password, as they may not read a key.</summary>
    public static bool IsOpen(string path) => UnixFileSystem.Status(path) is { IsWide: true };

    /// <summary>Reads all that a plan needs, and says what cannot be had.</summary>
    public IEnumerable<Obstacle> Obstacles(Plan plan)
    {
        foreach (PlannedCertificate planned in plan.Certificates)
        {
            foreach (PasswordSource source in planned.Formats.Select(format => format.Password).OfType<PasswordSource>().Distinct())
            {
                if (!_read.TryGetValue(source, out Password? password) && Read(source, out password) is { } fault)
                {
                    yield return new Obstacle(
                        planned.Stem,
                        $"the password of {planned.Stem} is to be in {Place(source)}, {fault}",
                        "it is one line of 6 to 1023 printable ASCII characters");
                }
                else
                {
                    _read[source] = password!;
                }
            }

            if (Shared(planned) is { } shared)
            {
                yield return new Obstacle(
                    planned.Stem,
                    $"{shared} has the password of the key stores of {planned.Stem}: whoever may read it can try passwords on it",
                    "give it one of its own, or none");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Password password in _read.Values.Append(_wellKnown))
        {
            password.Dispose();
        }
    }

    private static string Place(PasswordSource source) => source switch
    {
        PasswordSource.File file => file.Path,
        PasswordSource.Variable variable => $"the variable {variable.Name}",
        _ => throw new UnreachableException(),
    };

    private string? Read(PasswordSource source, out Password? password)
    {
        password = null;
        byte[] buffer = new byte[MostBytes];
        try
        {
            Password found;
            switch (source)
            {
                case PasswordSource.File file:
                    string path = Path.Combine(folder, file.Path);
                    if (IsOpen(path))
                    {
                        _warnings.Add($"{VisibleText.Of(file.Path)}, which has a password, is open to others than its owner: chmod 600 closes it");
                    }

                    using (FileStream stream = File.OpenRead(path))
                    {
                        found = Password.FirstLine(buffer.AsSpan(0, stream.ReadAtLeast(buffer, MostBytes, throwOnEndOfStream: false)));
                    }

                    break;
                default:
                    if (environment(((PasswordSource.Variable)source).Name) is not { } value)
                    {
                        return "which is not set";
                    }

                    found = Password.Of(System.Text.Encoding.UTF8.GetBytes(value));
                    break;
            }

            if (found.Fault is { } fault)
            {
                found.Dispose();
                return $"and what is there cannot be one: {fault}";
            }

            password = found;
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is FileNotFoundException or DirectoryNotFoundException
                ? "which is not there"
                : $"which cannot be read: {VisibleText.Of(exception.Message)}";
        }
        finally
        {
            Array.Clear(buffer);
        }
    }

    /// <summary>The trust store that has a password in common with a key store, by whatever name each is found; null for none.</summary>
    private string? Shared(PlannedCertificate planned)
    {
        byte[]? Octets(WriteFormat? format) =>
            format?.Password is { } source && _read.TryGetValue(source, out Password? password) ? password.Octets.ToArray() : null;
        WriteFormat? trust = planned.Formats.FirstOrDefault(format => format.Kind == ArtifactKind.TrustStore);
        byte[]? own = Octets(trust);
        byte[]? keys = Octets(planned.Formats.FirstOrDefault(format => format.HasPassword && format.HoldsKey));
        return own is not null && keys is not null && own.AsSpan().SequenceEqual(keys) ? trust!.FormatFile : null;
    }
}
