namespace MtlsScenario.Configs;

/// <summary>Writes text in Apache's configuration.</summary>
internal static class ApacheLiteral
{
    /// <summary>An argument of a directive (<c>ap_getword_conf</c>), in double quotes.</summary>
    public static string Of(string text) => '"' + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    /// <summary>A regular expression in an expression (<c>ap_expr</c>), which ends at the next of its delimiters, escaped or not.</summary>
    public static string Expression(string expression) => $"m#{expression.Replace("#", "\\x23", StringComparison.Ordinal)}#";

    /// <summary>Whether the text does not fit into one line, or Apache would put a variable in place of a part of it: nothing escapes that.</summary>
    public static bool IsNot(string text) => text.Contains("${", StringComparison.Ordinal) || text.Any(char.IsControl);
}
