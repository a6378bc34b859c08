namespace MtlsScenario.Configs;

/// <summary>Writes text for MariaDB's and MySQL's files.</summary>
internal static class MySqlLiteral
{
    /// <summary>A value of an option file (<c>my_load_defaults</c>), in double quotes.</summary>
    public static string Option(string text) => '"' + Escape(text)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal) + '"';

    /// <summary>
    /// A string of SQL. In the mode NO_BACKSLASH_ESCAPES what has a backslash is another text, which matches nobody; an end of the
    /// string it is in no mode.
    /// </summary>
    public static string Text(string text) => '\'' + Escape(text).Replace("'", "''", StringComparison.Ordinal) + '\'';

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal);
}
