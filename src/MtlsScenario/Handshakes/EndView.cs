using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>How a connection went as one of its ends saw it.</summary>
internal sealed record EndView
{
    /// <summary>Whether the handshake ended well here and the other's application data arrived.</summary>
    public bool IsComplete { get; init; }

    /// <summary>That this end turned the other away, or null.</summary>
    public EndRejection? Rejects { get; init; }

    /// <summary>That this end was told by an alert or an HTTP status that it was turned away, or null.</summary>
    public EndRejection? Told { get; init; }

    /// <summary>The other's certificate in DER; null where it was not seen, or where the stack does not tell.</summary>
    /// <remarks>A null array converts to an empty memory, not to null.</remarks>
    public ReadOnlyMemory<byte>? PeerCertificate
    {
        get;
        init => field = value is { IsEmpty: true } ? null : value;
    }

    /// <summary>The answer's body, of a client; empty where there was none.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The version of TLS; null where there was none, or where the stack does not tell.</summary>
    public TlsVersion? Version { get; init; }

    /// <summary>The group of the key exchange, such as <c>X25519MLKEM768</c>; null where the stack does not tell.</summary>
    public string? Group { get; init; }

    /// <summary>What the stack said beside that; may be empty.</summary>
    public string StackMessage { get; init; } = "";
}
