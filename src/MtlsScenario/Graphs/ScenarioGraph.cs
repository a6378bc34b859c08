using System.Collections.Immutable;

namespace MtlsScenario.Graphs;

/// <summary>
/// A scenario as it is drawn, in whatever format: who signs whom and who trusts whom stand in the certificates. A fleet is
/// one. All text is safe to print, but not escaped for any format.
/// </summary>
internal sealed record ScenarioGraph
{
    private readonly ILookup<string, int>? _numbers;

    /// <summary>The scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The authorities, an issuer before what it issues.</summary>
    public required ImmutableArray<GraphCertificate> Authorities { get; init; }

    /// <summary>The parties with their certificates, in the order of the file.</summary>
    public required ImmutableArray<GraphParty> Parties { get; init; }

    /// <summary>The connections, in the order of the file.</summary>
    public required ImmutableArray<GraphConnection> Connections { get; init; }

    /// <summary>The steps; none where they were not asked for.</summary>
    public ImmutableArray<GraphStep> Steps
    {
        get;
        init => (field, _numbers) = (value, value.ToLookup(step => step.Stem, step => step.Number, StringComparer.Ordinal));
    } = [];

    /// <summary>All certificates: first the authorities', then the parties'.</summary>
    public IEnumerable<GraphCertificate> Certificates =>
        Authorities.Concat(Parties.SelectMany(party => party.Certificates));

    /// <summary>How many authorities are above each authority, by stem.</summary>
    public Dictionary<string, int> Depths()
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (GraphCertificate authority in Authorities)
        {
            depths.Add(authority.Stem, authority.Issuer is { } issuer ? depths[issuer] + 1 : 0);
        }

        return depths;
    }

    /// <summary>The numbers of the steps that make a certificate, as <c>steps 2–4</c>; null where none are shown.</summary>
    public string? StepsOf(GraphCertificate certificate)
    {
        int[] numbers = [.. _numbers?[certificate.Stem] ?? []];
        return numbers.Length switch
        {
            0 => null,
            1 => $"step {GraphText.Ranges(numbers)}",
            _ => $"steps {GraphText.Ranges(numbers)}",
        };
    }
}
