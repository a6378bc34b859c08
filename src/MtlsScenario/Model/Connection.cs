namespace MtlsScenario.Model;

/// <summary>One party calls another, and what is expected of it.</summary>
public sealed record Connection
{
    /// <summary>The caller.</summary>
    public required ConnectionEnd From { get; init; }

    /// <summary>The called.</summary>
    public required ConnectionEnd To { get; init; }

    /// <summary>How it must end.</summary>
    public Outcome Expect { get; init; } = Outcome.Accepted;

    /// <summary>The end that must reject, the default applied; null for either, and where the connection must be accepted.</summary>
    public Side? By { get; init; }

    /// <summary>Why it must be rejected; null for any reason.</summary>
    public RejectionReason? Because { get; init; }

    /// <summary>The name by which the client calls, the default (the server's listening host) applied.</summary>
    public required string Host { get; init; }

    /// <summary>The version that the client offers; null for each of the two that is not below the server's minimum.</summary>
    public TlsVersion? Tls { get; init; }

    /// <summary>When it takes place, UTC; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether the client sends no certificate.</summary>
    public bool PresentsNothing { get; init; }
}
