using System.Collections.Immutable;

namespace MtlsScenario.Tool.Probing;

/// <summary>What one connection came to, as the end sees it that made it; nothing is judged.</summary>
internal abstract record Observation
{
    private Observation()
    {
    }

    /// <summary>Whether the server asked for a certificate in the handshake.</summary>
    public bool WasAsked { get; init; }

    /// <summary>The server's fatal alert, in the handshake or after it.</summary>
    internal sealed record Alert(int Number) : Observation;

    /// <summary>The server ended the connection before it answered.</summary>
    internal sealed record Silence(string How) : Observation;

    /// <summary>The server's application answered.</summary>
    internal sealed record Answer(ServerAnswer What) : Observation;

    /// <summary>Nothing came in time.</summary>
    internal sealed record TimeOut : Observation;

    /// <summary>It could not be sent, or not be understood: the reason, a clause.</summary>
    internal sealed record Failed(string Why) : Observation;

    /// <summary>The server's own certificate is not verified, so nothing was sent.</summary>
    internal sealed record Distrusted(string Why) : Observation;
}

/// <summary>The first answer of an application.</summary>
/// <param name="Text">What to print of it: <c>HTTP 200</c>.</param>
/// <param name="Meaning">What its protocol says by it.</param>
internal sealed record ServerAnswer(string Text, AnswerMeaning Meaning)
{
    /// <summary>HTTP's status; null in other protocols.</summary>
    public int? Status { get; init; }

    /// <summary>What two answers may have in common beside the text, by name.</summary>
    public ImmutableSortedDictionary<string, string> Traits { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>All of it, as far as it was read.</summary>
    public string Whole { get; init; } = "";
}

/// <summary>What a protocol says by an answer.</summary>
internal enum AnswerMeaning
{
    /// <summary>It is one.</summary>
    Answered,

    /// <summary>The caller is refused.</summary>
    Refused,

    /// <summary>The server cannot, or not now.</summary>
    Unclear,
}
