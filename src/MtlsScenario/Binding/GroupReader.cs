using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>Reads the name of a group of users.</summary>
internal static class GroupReader
{
    private const int Longest = 256;

    /// <summary>A name that a machine may have a group of; whether this one has, is not asked before a key is made.</summary>
    public static string? Read(Field field, FaultList faults)
    {
        if (field.Text(faults, "the name of a group of users") is not { } text)
        {
            return null;
        }

        if (Problem(text) is not { } problem)
        {
            return text;
        }

        faults.Error(field.Position, DiagnosticCodes.InvalidGroup, $"{VisibleText.Quoted(text)} is no name of a group of users", problem);
        return null;
    }

    private static string? Problem(string text) => text switch
    {
        "" => "name one, such as postgres",
        { Length: > Longest } => "it has at most 256 characters",
        ['-', ..] => "it does not begin with a hyphen",
        _ when char.IsWhiteSpace(text[0]) => "it does not begin with a blank",
        _ when text.All(char.IsAsciiDigit) => "a group is named, for its number is another one on another machine",
        _ when text.Any(character => character is ':' or ',' or '/' || char.IsControl(character)) =>
            "it has no colon, comma, slash or control character",
        _ => null,
    };
}
