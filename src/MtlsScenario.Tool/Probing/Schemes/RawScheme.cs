namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>Any protocol: accepted where an answer comes, or the connection stays open for a second.</summary>
internal sealed class RawScheme : Scheme
{
    /// <inheritdoc/>
    public override string Name => "raw";

    /// <inheritdoc/>
    public override int Port => 443;

    /// <inheritdoc/>
    public override TimeSpan? OpenAfter => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        secure.Write(request.Message.Span);
        secure.Flush();
        return ReadSome(secure) is null ? null : new ServerAnswer("an answer", AnswerMeaning.Answered);
    }
}
