using System.Collections.Immutable;

namespace MtlsScenario.Tool.Trials;

/// <summary>What the user wants to have play the two ends.</summary>
internal sealed record StackRequest
{
    /// <summary>Nothing said: .NET, and openssl, where it is installed, for what .NET cannot play.</summary>
    public static StackRequest Default { get; } = new();

    /// <summary>What plays both ends, or the one that it can; .NET then plays the other.</summary>
    public ImmutableArray<PeerKind> Stacks { get; init; } = [];

    /// <summary>Whether all that is installed is to play.</summary>
    public bool All { get; init; }

    /// <summary>What plays the client, whatever plays the server; null where nothing was said.</summary>
    public PeerKind? Client { get; init; }

    /// <summary>What plays the server, whatever plays the client; null where nothing was said.</summary>
    public PeerKind? Server { get; init; }

    /// <summary>Whether nothing was said.</summary>
    public bool IsDefault => Stacks.IsEmpty && !All && Client is null && Server is null;
}
