namespace MtlsScenario.Configs;

/// <summary>Writes text as a parameter of an nginx directive (<c>ngx_conf_read_token</c>).</summary>
internal static class NginxLiteral
{
    /// <summary>
    /// The parameter, in double quotes. A <c>$</c> stays: in the value of a directive that takes variables nothing escapes it
    /// (<see cref="HasVariable"/>), in a regular expression it is an anchor.
    /// </summary>
    public static string Of(string text) => '"' + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    /// <summary>Whether nginx would take a part of the text for a variable.</summary>
    public static bool HasVariable(string text) => text.Contains('$', StringComparison.Ordinal);
}
