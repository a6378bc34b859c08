namespace MtlsScenario.Configs;

/// <summary>Writes text for PostgreSQL's files and connection strings.</summary>
internal static class PostgresLiteral
{
    /// <summary>A value of <c>postgresql.conf</c> (<c>GUC_scanstr</c>).</summary>
    public static string Setting(string text) => '\'' + Escape(text)
        .Replace("'", "''", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal) + '\'';

    /// <summary>
    /// A token of <c>pg_hba.conf</c> or <c>pg_ident.conf</c> (<c>next_token</c>), where a line that ends is not to be had: whoever
    /// has one in a text does not come here.
    /// </summary>
    public static string Token(string text) => '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>A value of a connection string (<c>conninfo_parse</c>).</summary>
    public static string Conninfo(string text) => text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:".Contains(character, StringComparison.Ordinal))
        ? text
        : '\'' + Escape(text).Replace("'", "\\'", StringComparison.Ordinal) + '\'';

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal);
}
