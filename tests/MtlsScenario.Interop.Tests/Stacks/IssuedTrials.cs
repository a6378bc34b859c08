namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Trials of what is issued natively, in memory.</summary>
public sealed class IssuedTrials : ShippedTrials
{
    private protected override Task<string?> MakeAsync(string name) => Task.FromResult<string?>(null);
}
