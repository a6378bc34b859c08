namespace MtlsScenario.Binding.Checks;

/// <summary>Bounds of what is looked at for a warning.</summary>
internal static class Limits
{
    /// <summary>How far up the issuers; openssl's own bound of a path.</summary>
    public const int ChainLength = 100;
}
