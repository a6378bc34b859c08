using System.Collections.Immutable;
using MtlsScenario.Tool.Probing.Schemes;

namespace MtlsScenario.Tool.Probing;

/// <summary>How a server answers, with one version of TLS, the good certificate and a caller with none: what it answers the others is held against that.</summary>
/// <param name="good">What two good calls have in common.</param>
/// <param name="none">What a call without a certificate was answered; null where it was not.</param>
/// <param name="acceptedWhen">By what the user says that a client was let in; null where the answers themselves tell.</param>
internal sealed class Baseline(ServerAnswer good, ServerAnswer? none, AcceptedWhen? acceptedWhen)
{
    private static readonly ImmutableArray<string> s_comparedAlways = ["location", "type"];
    private static readonly ImmutableArray<string> s_compared = ["body", "length", .. s_comparedAlways];

    /// <summary>What the good certificate is answered.</summary>
    public ServerAnswer Good => good;

    /// <summary>Takes any answer that is no refusal: where it is known that a handshake in full is turned away.</summary>
    public static Baseline AnyAnswer { get; } = new(new ServerAnswer("", AnswerMeaning.Answered), null, null);

    /// <summary>Whether the server lets in nobody without a certificate, as far as could be seen.</summary>
    public bool NeedsCertificate => none is null || Judge(none) != ProbeVerdict.LetIn;

    /// <summary>What two answers have in common; null where that is not even the first line.</summary>
    public static ServerAnswer? Common(ServerAnswer one, ServerAnswer other) => one.Text != other.Text
        ? null
        : one with { Unnamed = one.Unnamed == other.Unnamed ? one.Unnamed : null, Traits = one.Traits.RemoveRange(one.Traits.Where(trait => other.Traits.GetValueOrDefault(trait.Key) != trait.Value).Select(trait => trait.Key)) };

    /// <summary>What an answer means.</summary>
    public ProbeVerdict Judge(ServerAnswer answer)
    {
        if (answer.Meaning == AnswerMeaning.Unclear)
        {
            return ProbeVerdict.Undecided;
        }

        if (acceptedWhen is not null)
        {
            return acceptedWhen.Is(answer) ? ProbeVerdict.LetIn : ProbeVerdict.Rejected;
        }

        return IsLike(good, answer) || (this == AnyAnswer && answer.Meaning == AnswerMeaning.Answered) ? ProbeVerdict.LetIn
            : answer.Meaning == AnswerMeaning.Refused || (none is not null && IsLike(none, answer)) ? ProbeVerdict.Rejected
            : good.Unnamed is { } told && told == answer.Unnamed && IsLike(good, answer, s_comparedAlways) ? ProbeVerdict.LetIn
            : ProbeVerdict.Undecided;
    }

    /// <summary>Only what is equal in two good answers is compared.</summary>
    private bool IsLike(ServerAnswer known, ServerAnswer answer) => IsLike(known, answer, s_compared);

    private bool IsLike(ServerAnswer known, ServerAnswer answer, ImmutableArray<string> traits) => known.Text == answer.Text
        && traits.Where(good.Traits.ContainsKey).All(trait => known.Traits.GetValueOrDefault(trait) == answer.Traits.GetValueOrDefault(trait));
}
