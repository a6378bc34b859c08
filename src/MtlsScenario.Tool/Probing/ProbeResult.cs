using MtlsScenario.Faults;

namespace MtlsScenario.Tool.Probing;

/// <summary>What came of one fault on one version of TLS.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Grade">How bad it is to let it in.</param>
/// <param name="Tls">The version: <c>1.3</c>; null where it was not one of them.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Why">What was seen, or why there is no more: a clause.</param>
internal sealed record ProbeResult(Fault Fault, FaultGrade Grade, string? Tls, ProbeVerdict Verdict, string Why)
{
    /// <summary>The alert by which the server refused it; null for none.</summary>
    public int? Alert { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The status of HTTP by which it was answered; null for none.</summary>
    public int? Status { get; init; }
}

/// <summary>What came of a fault. The order is that of the output.</summary>
internal enum ProbeVerdict
{
    /// <summary>The server answered as it answers the good certificate, twice.</summary>
    LetIn,

    /// <summary>Nobody knows.</summary>
    Undecided,

    /// <summary>It could not be sent.</summary>
    NotTried,

    /// <summary>The server refused it.</summary>
    Rejected,

    /// <summary>There is no such fault here.</summary>
    DoesNotApply,
}
