namespace MtlsScenario.Handshakes;

/// <summary>What came of reading the artifacts of an end.</summary>
/// <param name="Artifacts">The artifacts, or null.</param>
/// <param name="Fault">Why there are none: a clause without a full stop, fit to be printed; or null.</param>
internal sealed record EndArtifactsResult(EndArtifacts? Artifacts, string? Fault)
{
    /// <summary>They were read.</summary>
    public static EndArtifactsResult Of(EndArtifacts artifacts) => new(artifacts, null);

    /// <summary>They cannot be had.</summary>
    public static EndArtifactsResult Missing(string fault) => new(null, fault);
}
