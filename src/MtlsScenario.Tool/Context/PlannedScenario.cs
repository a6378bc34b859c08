using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.Seeding;

namespace MtlsScenario.Tool.Context;

/// <summary>A scenario and its plan, of a seed or with what is drawn. Disposing of it clears the seed.</summary>
/// <param name="Scenario">The scenario; with an epoch all its dates are written.</param>
/// <param name="Plan">Its plan; with a seed it has the serial numbers.</param>
/// <param name="Now">The moment to which relative dates refer, UTC: the epoch, where there is one.</param>
internal sealed record PlannedScenario(Scenario Scenario, Plan Plan, DateTimeOffset Now) : IDisposable
{
    /// <summary>From which keys, serial numbers and salts come; null where they are drawn.</summary>
    public KeySeed? Seed { get; private init; }

    /// <summary>What a script needs to make the bytes of the seed; null where there is none.</summary>
    public SeededScript? Script { get; private init; }

    /// <summary>The plan of a seed.</summary>
    public static PlannedScenario Of(Scenario scenario, SeededPlan plan, KeySeed seed) =>
        new(scenario, plan.Plan, plan.Epoch) { Seed = seed, Script = new SeededScript(seed, plan.Epoch, plan.SerialOf) };

    /// <inheritdoc/>
    public void Dispose() => Seed?.Dispose();
}
