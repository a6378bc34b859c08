using System.Collections.Immutable;

namespace MtlsScenario.Tool.Probing.Schemes;

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

    /// <summary>HTTP's body, as far as it was read.</summary>
    public string Body { get; init; } = "";

    /// <summary>The body without what names the caller; null where nothing was, or none named.</summary>
    public string? Unnamed { get; init; }
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
