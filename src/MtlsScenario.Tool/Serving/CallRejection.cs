namespace MtlsScenario.Tool.Serving;

/// <summary>That one end of a call turned the other away.</summary>
/// <param name="By"><c>client</c> or <c>server</c>.</param>
/// <param name="Because">The normalised reason; null where it is not known.</param>
/// <param name="Sentence">Who turned whom away and why, for people.</param>
/// <param name="Words">What was said.</param>
/// <param name="Remedy">What would mend it.</param>
internal sealed record CallRejection(string By, string? Because, string Sentence, string Words, string Remedy);
