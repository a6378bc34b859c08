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

    /// <summary>SHA-256 of what was read in the place of a file with a key, which it replaces; null where nothing was there.</summary>
    public ReadOnlyMemory<byte>? Replaces { get; init; }

    /// <summary>Whether what it replaces may go, for there is no key in it that is not elsewhere.</summary>
    public bool IsDerived { get; init; }

    /// <summary>The path of the file that is written.</summary>
    public string Output => Step.Derived(Number).Output;
}
