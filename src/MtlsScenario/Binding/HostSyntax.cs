using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>DNS names and IP addresses as texts.</summary>
internal static class HostSyntax
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;
    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>
    /// An IP address as people write it: four decimal numbers, or IPv6 without brackets and zone. (The platform's parser
    /// takes <c>1</c>, <c>0x7f.1</c> and <c>010.0.0.1</c> too.)
    /// </summary>
    public static IPAddress? Address(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return text.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.')
                && IPAddress.TryParse(text, out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6 ? address : null;
        }

        string[] parts = text.Split('.');
        return parts.Length == 4
            && parts.All(part => part.Length is >= 1 and <= 3
                && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
                && part == number.ToString(CultureInfo.InvariantCulture))
            ? IPAddress.Parse(text)
            : null;
    }

    /// <summary>A DNS name with other scripts as A-labels; null where it is none.</summary>
    /// <param name="text">The name; where there are replicas, with <c>{n}</c> for their number.</param>
    /// <param name="replicas">How many there are, or null.</param>
    /// <param name="isWildcard">Whether a <c>*</c> may be the first label.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static string? Name(string text, int? replicas, bool isWildcard, out string? problem)
    {
        string[] labels = text.Split('.');
        for (int index = 0; index < labels.Length; index++)
        {
            problem = ToAscii(ref labels[index], replicas)
                ?? ProblemOf(ForLargest(labels[index], replicas), isWildcard && index == 0 && labels.Length > 1);
            if (problem is not null)
            {
                return null;
            }
        }

        string name = string.Join('.', labels);
        problem = ForLargest(name, replicas).Length > LongestName
            ? $"it has more than {LongestName} characters"
            : labels.Length == 4 && labels.All(label => label.All(char.IsAsciiDigit)) ? "it has the form of an IP address, but is none" : null;
        return problem is null ? name : null;
    }

    /// <summary>
    /// What keeps a DNS name from being called: programs take a host whose last label is a number for an IPv4 address, in forms
    /// that each reads in its own way (<c>127.1</c>, <c>0x7f.1</c>, <c>2130706433</c>; the URL standard, "ends in a number").
    /// </summary>
    public static string? NumberProblem(string name)
    {
        string last = name[(name.LastIndexOf('.') + 1)..];
        bool isNumber = last.All(char.IsAsciiDigit)
            || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last.AsSpan(2).IndexOfAnyExcept(s_hexadecimal) < 0);
        return !isNumber ? null
            : IPAddress.TryParse(name, out IPAddress? address) ? $"programs take it for an IP address; write {address}, if that is meant"
            : "programs take it for an IP address, for it ends in a number, and it is none";
    }

    /// <summary>The text with the longest number that it can have in place of <c>{n}</c>.</summary>
    public static string ForLargest(string text, int? replicas) =>
        Replication.Fill(text, replicas);

    private static string? ToAscii(ref string label, int? replicas)
    {
        if (label.All(char.IsAscii))
        {
            return null;
        }

        if (replicas is not null && Replication.IsIn(label))
        {
            return $"{Replication.Placeholder} cannot stand in a label of another script, whose A-label would change with it";
        }

        if (IdnaLabel.ToAscii(label, out string? problem) is { } ascii)
        {
            label = ascii;
        }

        return problem;
    }

    private static string? ProblemOf(string label, bool mayBeWildcard)
    {
        if (label == "*")
        {
            return mayBeWildcard ? null : "a \"*\" stands for the whole first label of a longer name";
        }

        if (label.Length == 0)
        {
            return "a label is empty (a dot at the beginning or the end, or two in a row)";
        }

        if (label.Contains('*', StringComparison.Ordinal))
        {
            return "a \"*\" stands for the whole first label of a longer name";
        }

        if (!label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return "it may have letters, digits, \"-\", \"_\" and dots only";
        }

        return label.Length > LongestLabel ? $"a label has more than {LongestLabel} characters"
            : label[0] == '-' || label[^1] == '-' ? "a label begins or ends with \"-\"" : null;
    }
}
