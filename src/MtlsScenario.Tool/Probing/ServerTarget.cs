using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Tool.Probing.Schemes;

namespace MtlsScenario.Tool.Probing;

/// <summary>A server that runs, and how it is spoken to.</summary>
internal sealed record ServerTarget
{
    /// <summary>The protocol.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>Where it is.</summary>
    public required ListenAddress Address { get; init; }

    /// <summary>The name for which its certificate is verified, and which TLS names.</summary>
    public required string Host { get; init; }

    /// <summary>What is asked of it.</summary>
    public required Request Request { get; init; }

    /// <summary>Names of other hosts of the same server.</summary>
    public ImmutableArray<string> OtherHosts { get; init; } = [];

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>As people write it.</summary>
    public override string ToString() => $"{Scheme.Name}://{Address}";
}
