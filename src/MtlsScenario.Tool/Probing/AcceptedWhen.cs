using System.Globalization;
using System.Text.RegularExpressions;
using MtlsScenario.Tool.Probing.Schemes;

namespace MtlsScenario.Tool.Probing;

/// <summary>By what the user says a client that was let in is known: a status of HTTP, or a regular expression of the answer.</summary>
internal sealed record AcceptedWhen(int? Status, Regex? Pattern)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads <c>STATUS|REGEX</c>.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static AcceptedWhen Read(string text) =>
        text.Length == 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? new(status, null)
            : new(null, new Regex(text, RegexOptions.CultureInvariant | RegexOptions.Singleline, s_patience));

    /// <summary>Whether an answer is that of one that was let in.</summary>
    public bool Is(ServerAnswer answer)
    {
        try
        {
            return Status is { } status ? answer.Status == status : Pattern!.IsMatch(answer.Whole.Length > 0 ? answer.Whole : answer.Text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
