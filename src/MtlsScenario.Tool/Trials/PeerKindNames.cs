using System.Collections.Immutable;

namespace MtlsScenario.Tool.Trials;

/// <summary>The names of what can play an end, on the command line and in results.</summary>
internal static class PeerKindNames
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<(string Word, PeerKind Value)> All { get; } =
    [
        ("dotnet", PeerKind.DotNet),
        ("openssl", PeerKind.OpenSsl),
        ("node", PeerKind.Node),
        ("curl", PeerKind.Curl),
        ("nginx", PeerKind.Nginx),
        ("java", PeerKind.Java),
        ("go", PeerKind.Go),
        ("python", PeerKind.Python),
    ];

    /// <summary>Those that can call.</summary>
    public static ImmutableArray<(string Word, PeerKind Value)> Clients { get; } = [.. All.Where(peer => IsClient(peer.Value))];

    /// <summary>Those that can be called.</summary>
    public static ImmutableArray<(string Word, PeerKind Value)> Servers { get; } = [.. All.Where(peer => IsServer(peer.Value))];

    /// <summary>The word for one.</summary>
    public static string Of(PeerKind kind) => All.First(peer => peer.Value == kind).Word;

    /// <summary>Whether it can call.</summary>
    public static bool IsClient(PeerKind kind) => kind != PeerKind.Nginx;

    /// <summary>Whether it can be called.</summary>
    public static bool IsServer(PeerKind kind) => kind != PeerKind.Curl;
}
