using System.Buffers;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Scripting;

/// <summary>The one type that quotes for a POSIX shell (XCU section 2.2).</summary>
internal static class ShellQuoting
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=,@+%");

    /// <summary>
    /// One word: as it is where no shell sees anything in it, otherwise in single quotes, in which only a single quote is
    /// special. NUL cannot stand in a word.
    /// </summary>
    public static string Quote(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain)
        ? word
        : InQuotes(word);

    /// <summary>One word in single quotes, also where it needs none.</summary>
    public static string InQuotes(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>
    /// A word in which <see cref="Replication.Placeholder"/> stands for a shell variable; all else must be what
    /// <see cref="Quote"/> leaves as it is, or a space or a slash, which double quotes leave alone too.
    /// </summary>
    public static string WithVariable(string word, string variable) =>
        Replication.IsIn(word)
            ? $"\"{Replication.Fill(word, $"${{{variable}}}")}\""
            : Quote(word);

    /// <summary>
    /// The format with which <c>printf</c> writes a line of any characters, the newline among them: in the script only
    /// printable ASCII stands, everything else is an octal escape of its UTF-8.
    /// </summary>
    public static string PrintfFormat(string line)
    {
        var format = new StringBuilder("'");
        foreach (byte octet in Encoding.UTF8.GetBytes(line))
        {
            // Shells differ in quotes, backquotes and dollar signs; none has anything against an octal escape.
            if (octet is < 0x20 or > 0x7E or (byte)'\'' or (byte)'`' or (byte)'$' or (byte)'"' or (byte)'\\' or (byte)'%')
            {
                format.Append('\\').Append(Convert.ToString(octet, 8).PadLeft(3, '0'));
            }
            else
            {
                format.Append((char)octet);
            }
        }

        return format.Append("\\n'").ToString();
    }
}
