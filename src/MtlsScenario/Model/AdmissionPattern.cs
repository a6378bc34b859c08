namespace MtlsScenario.Model;

/// <summary>A caller that a server lets in among those that it can verify.</summary>
/// <param name="Kind">Which kind of name is compared; null for the caller's only common name.</param>
/// <param name="Pattern">The name; a <c>*</c> is a whole DNS label or URI path segment.</param>
public sealed record AdmissionPattern(GeneralNameKind? Kind, string Pattern)
{
    /// <summary>As written in a scenario: <c>amy-client</c>, <c>uri:spiffe://example/amy</c>.</summary>
    public override string ToString() => Kind is { } kind ? $"{GeneralName.Prefix(kind)}:{Pattern}" : Pattern;
}
