using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>A final step that is done, for which replica, and why.</summary>
/// <param name="Step">The step.</param>
/// <param name="Number">Which replica, from 1; null where there are none.</param>
/// <param name="Reason">Why.</param>
internal sealed record FinalChange(FinalStep Step, int? Number, string Reason)
{
    /// <summary>How what its holder trusts changes with it; null where it does not, or all is made for the first time.</summary>
    public TrustChange? Trust { get; init; }

    /// <summary>The path of the file that is written.</summary>
    public string Output => Step.Derived(Number).Output;
}
