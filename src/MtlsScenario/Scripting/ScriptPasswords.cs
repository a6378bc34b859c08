using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// How a script comes by the passwords of stores and encrypted keys. But for the well-known one none stands in it: each is
/// read when it runs, and gets to openssl by a file that nobody else can read.
/// </summary>
internal sealed class ScriptPasswords
{
    /// <summary>The variable that names the file with the only password, or with the first.</summary>
    public const string Variable = "PASSWORD_FILE";

    private readonly ImmutableArray<WriteFormat> _protected;
    private readonly ImmutableArray<PasswordSource> _sources;

    /// <summary>Those of a script.</summary>
    public ScriptPasswords(ScriptScope scope)
    {
        _protected = [.. scope.Steps.Select(step => step.Step).OfType<WriteFormat>().Where(format => format.HasPassword)];
        _sources = [.. _protected.Select(format => format.Password).OfType<PasswordSource>().Distinct()];
    }

    /// <summary>Whether any is read.</summary>
    public bool AreRead => !_sources.IsEmpty;

    /// <summary>The variables that name files with passwords, and for each something that has that password.</summary>
    public IEnumerable<(string Variable, WriteFormat Format)> Files =>
        _sources.Select((source, index) => (VariableOf(index), _protected.First(format => format.Password == source)));

    /// <summary>The file, among those that the commands work with, that has the password of a format.</summary>
    public string FileOf(WriteFormat format) => format.Password is { } source ? FileOf(_sources.IndexOf(source)) : $"{PasswordRules.WellKnown}.txt";

    /// <summary>Says in comments what is to be in the environment.</summary>
    public void WriteHeading(ScriptText text)
    {
        foreach (((string variable, WriteFormat format), int index) in Files.Select((file, index) => (file, index)))
        {
            text.Line($"# {variable}=FILE in the environment names the file whose first line is the password of {format.FormatFile}{(Named(index) is { } name ? $"; {name}=PASSWORD does too" : "")}.");
        }

        if (_protected.FirstOrDefault(format => format.Password is null) is { } known)
        {
            text.Line($"# The password of {known.FormatFile} is the one that everybody knows, {PasswordRules.WellKnown}.");
        }
    }

    /// <summary>Writes what must be done before the current folder is left.</summary>
    public void WriteResolution(ScriptText text)
    {
        foreach ((string variable, _) in Files)
        {
            text.Open($"case ${{{variable}-}} in");
            text.Line("'' | /* | [A-Za-z]:*) ;;");
            text.Line($"*) {variable}=$(pwd)/${variable} ;;");
            text.Close("esac");
        }
    }

    /// <summary>Writes what takes them.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="folder">What goes before the files that the commands work with: nothing, or a folder and a slash.</param>
    /// <returns>The function that is used.</returns>
    public ShellFunctions Write(ScriptText text, string folder)
    {
        if (_protected.IsEmpty)
        {
            return ShellFunctions.None;
        }

        text.Line();
        text.Line("# The passwords get to openssl by files that nobody else can read.");
        foreach (((string variable, WriteFormat format), int index) in Files.Select((file, index) => (file, index)))
        {
            string? name = Named(index);
            string what = $"the password of {format.FormatFile} ({(name is null ? "" : name + " or ")}{variable})";
            text.Line($"password {folder}{FileOf(index)} {ShellQuoting.InQuotes(what)} \"${{{variable}-}}\"{(name is null ? "" : $" \"${{{name}-}}\"")}");
        }

        if (_protected.Any(format => format.Password is null))
        {
            text.Line($"echo {PasswordRules.WellKnown} >{folder}{PasswordRules.WellKnown}.txt");
        }

        return AreRead ? ShellFunctions.Password : ShellFunctions.None;
    }

    private static string VariableOf(int index) => index == 0 ? Variable : string.Create(CultureInfo.InvariantCulture, $"{Variable}_{index + 1}");

    private static string FileOf(int index) => string.Create(CultureInfo.InvariantCulture, $"password{index + 1}.txt");

    private string? Named(int index) => (_sources[index] as PasswordSource.Variable)?.Name;
}
