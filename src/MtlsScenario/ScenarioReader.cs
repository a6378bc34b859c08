using MtlsScenario.Diagnostics;
using MtlsScenario.Syntax;

namespace MtlsScenario;

/// <summary>Reads scenario files.</summary>
public static class ScenarioReader
{
    /// <summary>Reads one scenario and finds every fault in it. No content makes it throw.</summary>
    /// <param name="source">The name of the file, by which diagnostics call it.</param>
    /// <param name="utf8">The file's content.</param>
    /// <param name="clock">
    /// Against which a lifetime is judged that has a written instant at one end and an offset at the other; the
    /// system's where it is null.
    /// </param>
    public static ScenarioReadResult Read(string source, ReadOnlyMemory<byte> utf8, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var faults = new FaultList(source);
        Model.Scenario? scenario = DocumentReader.Read(utf8, faults) is { } root
            ? new ScenarioBinder(faults, (clock ?? TimeProvider.System).GetUtcNow()).Bind(root)
            : null;
        return new ScenarioReadResult(faults.HasErrors ? null : scenario, faults.ToImmutable());
    }
}
