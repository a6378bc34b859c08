namespace MtlsScenario.Binding;

/// <summary>Bounds of what follows from a few lines, so that a hostile scenario costs little.</summary>
internal static class Limits
{
    /// <summary>How many authorities a chain of issuers may have; openssl looks at no more than 100 certificates.</summary>
    public const int ChainLength = 64;

    /// <summary>
    /// How many pairs of a name and a constraint there may be in a scenario, all together. Openssl refuses a certificate that has
    /// more than 2^20 with one authority above it.
    /// </summary>
    public const int ConstraintChecks = 1 << 20;
}
