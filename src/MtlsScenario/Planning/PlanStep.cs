using System.Collections.Immutable;

namespace MtlsScenario.Planning;

/// <summary>
/// One thing to be done. Paths are relative to the folder of the certificates, with <c>/</c>; in the steps of a fleet
/// <c>{n}</c> stands for the number of the replica.
/// </summary>
/// <param name="Actor">Who does it.</param>
internal abstract record PlanStep(Actor Actor)
{
    /// <summary>What it reads.</summary>
    public abstract ImmutableArray<string> Inputs { get; }

    /// <summary>The file that it makes.</summary>
    public abstract string Output { get; }
}
