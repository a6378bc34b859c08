namespace MtlsScenario.Faults;

/// <summary>One way in which a client or a server may be wrong, and in no other.</summary>
/// <param name="Id">A stable word for it, as <c>same-name-ca</c>.</param>
/// <param name="Client">How bad it is of a server to accept it from a client; null where no client has it.</param>
/// <param name="Server">How bad it is of a client to accept it from a server; null where no server has it.</param>
/// <param name="What">What is presented: a sentence.</param>
/// <param name="Why">What somebody gains who gets through with it: a sentence.</param>
internal sealed record Fault(string Id, FaultGrade? Client, FaultGrade? Server, string What, string Why)
{
    /// <summary>What is presented.</summary>
    public required Func<FaultForge, Forged> Make { get; init; }

    /// <summary>What is done otherwise.</summary>
    public FaultManner Manner { get; init; } = FaultManner.Certificate;

    /// <summary>Whether the key of the authority that the other end trusts is needed.</summary>
    public bool NeedsAuthorityKey { get; init; }

    /// <summary>Whether it is one of HTTP alone.</summary>
    public bool NeedsHttp { get; init; }

    /// <summary>Where others have it: identifiers of x509-limbo; empty for nowhere.</summary>
    public string References { get; init; } = "";
}
