namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>What a status of HTTP says of the client's certificate (RFC 9110 section 15; 495 and 496 are nginx's own).</summary>
internal static class HttpStatusMeaning
{
    /// <summary>Whether the client was turned away by it, was answered, or may have been either.</summary>
    public static AnswerMeaning Of(int status) => status switch
    {
        400 or 401 or 403 or 421 or 495 or 496 => AnswerMeaning.Refused,
        429 or >= 500 => AnswerMeaning.Unclear,
        _ => AnswerMeaning.Answered,
    };
}
