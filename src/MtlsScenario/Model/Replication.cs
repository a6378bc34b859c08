namespace MtlsScenario.Model;

/// <summary>
/// That something is there N times, numbered from 1. The number is never padded, in file names neither: a fleet that grows keeps
/// every name that it has.
/// </summary>
/// <param name="Count">N, at least 1.</param>
internal sealed record Replication(int Count)
{
    /// <summary>What stands for the number, in names, subjects and file names.</summary>
    public const string Placeholder = "{n}";
}
