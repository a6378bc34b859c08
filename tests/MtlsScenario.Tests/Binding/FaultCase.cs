using System.Text;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tests.Binding;

/// <summary>A case of the folder <c>Faults</c>: a scenario, and after <c>&gt;&gt;&gt;</c> exactly what is said of it.</summary>
internal sealed record FaultCase(string Title, string Yaml, string Expected)
{
    private const string Heading = "=== ";
    private const string Separator = ">>>\n";

    public static IEnumerable<FaultCase> All =>
        from file in Directory.EnumerateFiles(Path.Combine(SourceFolder.Path, "Faults"), "*.txt").Order(StringComparer.Ordinal)
        from part in File.ReadAllText(file).Split(Heading, StringSplitOptions.RemoveEmptyEntries)
        let title = part[..part.IndexOf('\n', StringComparison.Ordinal)]
        let halves = part[(title.Length + 1)..].Split(Separator)
        select new FaultCase($"{Path.GetFileNameWithoutExtension(file)}: {title}", halves[0], halves[1]);

    public ScenarioReadResult Read() => ScenarioReader.Read("x.yaml", Encoding.UTF8.GetBytes(Yaml), new StoppedClock());

    public static string Print(IEnumerable<Diagnostic> diagnostics) =>
        string.Concat(diagnostics.Select(diagnostic => $"{diagnostic}\n"));

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
