namespace MtlsScenario.Reconciling;

/// <summary>Why a file is made.</summary>
/// <param name="About">What it is about: replicas of which the same is new, for reasons that are about the same, are told of together.</param>
/// <param name="Text">The reason in words.</param>
internal sealed record Reason(string About, string Text)
{
    /// <summary>There was neither a key nor a certificate.</summary>
    public static Reason New { get; } = new("new", "new");

    /// <summary>The file is not there.</summary>
    public static Reason Missing { get; } = new("missing", "missing");

    /// <summary>The user asked for a new key.</summary>
    public static Reason Asked { get; } = new("asked", "asked for");

    /// <summary>Something differs from the plan: <c>ABOUT: DIFFERENCE</c>.</summary>
    public static Reason Of(string about, string difference) => new(about, $"{about}: {difference}");

    /// <summary>Whether it is about what others know the certificate by, its issuer or a name, so that they may no longer accept it.</summary>
    public bool IsOfIdentity { get; private init; }

    /// <summary><see cref="Of"/>, where it is about the issuer or a name.</summary>
    public static Reason OfIdentity(string about, string difference) => Of(about, difference) with { IsOfIdentity = true };

    /// <inheritdoc/>
    public override string ToString() => Text;
}
