using MtlsScenario.Diagnostics;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>A part of the file that may be left empty: <c>parties:</c> with nothing below it is no parties.</summary>
internal static class Section
{
    /// <summary>The mapping; null where nothing is written or, with a fault, something else.</summary>
    public static MappingNode? Of(MappingEntry entry, string expected, FaultList faults) =>
        entry.Value is ScalarNode { IsNull: true } ? null : new Field(VisibleText.Of(entry.Key.Value), entry.Value).Mapping(faults, expected);
}
