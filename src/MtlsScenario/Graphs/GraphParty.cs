using System.Collections.Immutable;

namespace MtlsScenario.Graphs;

/// <summary>A party as it is drawn: a frame around its certificates.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Replicas">How many of it there are; null for a party without replicas.</param>
/// <param name="Certificates">Its certificates.</param>
internal sealed record GraphParty(string Name, int? Replicas, ImmutableArray<GraphCertificate> Certificates)
{
    /// <summary>The name, of a fleet with its size: <c>device × 1000</c>.</summary>
    public string Title => Replicas is { } count ? $"{Name} {GraphText.Times(count)}" : Name;
}
