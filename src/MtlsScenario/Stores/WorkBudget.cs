namespace MtlsScenario.Stores;

/// <summary>What may be spent on a file: about as many digests as a second or two makes. One that asks for more could ask for a year.</summary>
internal sealed class WorkBudget
{
    private long _left = 2_000_000;

    /// <summary>Takes what a derivation costs.</summary>
    /// <exception cref="StoreFaultException">That is more than is left.</exception>
    public void Spend(KeyDerivation derivation)
    {
        _left -= derivation.Work;
        if (_left < 0)
        {
            throw new StoreFaultException(StoreFaultKind.Unsupported, $"it asks for more work than is done here ({derivation.Text})");
        }
    }
}
