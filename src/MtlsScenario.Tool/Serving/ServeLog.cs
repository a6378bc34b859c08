using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>Says on standard error what becomes of each caller, a line each.</summary>
internal sealed class ServeLog(ToolContext context)
{
    private readonly Lock _writing = new();

    /// <summary>A call was answered.</summary>
    public void Called(CallerReport caller, string request, int status) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{status} {VisibleText.Of(request)} from {VisibleText.Quoted(caller.Subject)}, TLS {caller.Tls}"));

    /// <summary>A caller was turned away in the handshake.</summary>
    /// <param name="from">Its address.</param>
    /// <param name="subject">The subject of its certificate; null where it sent none.</param>
    /// <param name="reason">Why; null where what .NET says has no normalised reason.</param>
    /// <param name="words">What .NET says.</param>
    public void Rejected(string from, string? subject, RejectionReason? reason, string words)
    {
        string who = subject is null ? from : $"{from}, {VisibleText.Quoted(subject)}";
        string why = reason is { } known ? RejectionReasonNames.NameOf(known) : "no normalised reason";
        string said = words.Length == 0 ? "" : $" ({VisibleText.Of(words)})";
        Write($"rejected {who}: {why}{said}");
    }

    /// <summary>A caller turned this server away.</summary>
    /// <param name="reason">Why, where the alert has just one reason.</param>
    /// <param name="words">The alert in words.</param>
    public void RejectedBy(RejectionReason? reason, string words)
    {
        string why = reason is { } known ? $"{RejectionReasonNames.NameOf(known)} ({words})" : words;
        Write($"rejected by a caller: {VisibleText.Of(why)}");
    }

    /// <summary>Something else that the user should know.</summary>
    public void Note(string line) => Write(line);

    private void Write(string line)
    {
        string time = context.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        lock (_writing)
        {
            context.Report.Note($"{time} {line}");
        }
    }
}
