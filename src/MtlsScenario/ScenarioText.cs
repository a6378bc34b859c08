using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario;

/// <summary>Writes a scenario as a file has it; what is the default anyway is left out.</summary>
internal static class ScenarioText
{
    private static readonly ImmutableHashSet<(string Key, string Value)> _defaults =
    [
        ("folders", "flat"), ("request", "true"), ("profile", "tls"), ("presents", "chain"), ("tlsMin", "1.2"), ("revocation", "none"),
        ("expect", "accepted"), ("lifetime", "365d"),
    ];

    /// <summary>The file's text, ending in a newline.</summary>
    public static string Of(Scenario scenario) => NodeText.Of((MappingNode)Without(BuiltScenario.DocumentOf(scenario)));

    private static SyntaxNode Without(SyntaxNode node) => node switch
    {
        MappingNode mapping => new MappingNode(
            mapping.Position, [.. mapping.Entries.Where(entry => !IsDefault(entry)).Select(entry => entry with { Value = Without(entry.Value) })]),
        SequenceNode list => list with { Items = [.. list.Items.Select(Without)] },
        _ => node,
    };

    private static bool IsDefault(MappingEntry entry) => entry.Value switch
    {
        ScalarNode scalar => _defaults.Contains((entry.Key.Value, scalar.Value)),
        MappingNode { Entries: [] } => entry.Key.Value == "crl",
        SequenceNode { Items: [] } => entry.Key.Value is "revokes" or "extensions",
        _ => false,
    };
}
