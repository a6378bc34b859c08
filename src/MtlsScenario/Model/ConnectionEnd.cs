using System.Globalization;

namespace MtlsScenario.Model;

/// <summary>Which party stands at an end of a connection and, of a party with replicas, which of them.</summary>
/// <param name="Party">The party's name.</param>
/// <param name="Selection">Which of its replicas.</param>
/// <param name="Number">The number, where <paramref name="Selection"/> is <see cref="ReplicaSelection.One"/>.</param>
public sealed record ConnectionEnd(
    string Party, ReplicaSelection Selection = ReplicaSelection.Sample, int? Number = null)
{
    /// <summary>As written in a scenario: <c>amy</c>, <c>amy[3]</c>, <c>amy[*]</c>.</summary>
    public override string ToString() => Selection switch
    {
        ReplicaSelection.All => $"{Party}[*]",
        ReplicaSelection.One => string.Create(CultureInfo.InvariantCulture, $"{Party}[{Number}]"),
        _ => Party,
    };
}
