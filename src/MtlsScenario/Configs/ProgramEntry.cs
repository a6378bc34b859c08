using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>What there is to know of a program: which ends it can be, how it is configured, and what it cannot do.</summary>
/// <param name="Program">The program.</param>
/// <param name="Word">What it is called after <c>--for</c>, and in messages.</param>
internal sealed record ProgramEntry(ConfigProgram Program, string Word)
{
    /// <summary>Configures it as a server that has trust anchors; null where it is none. The text is what tells the party's files from others': <c>bob</c>.</summary>
    public Func<ServerSettings, string, ConfigOutcome>? Server { get; init; }

    /// <summary>Configures it as a client that has trust anchors; null where it is none.</summary>
    public Func<ClientSettings, string, ConfigOutcome>? Client { get; init; }

    /// <summary>By which names it lets in callers as a server.</summary>
    public AdmissionSupport Admits { get; init; }

    /// <summary>As which ends it takes only roots for trust anchors.</summary>
    public ImmutableArray<Side> RootsOnlyAs { get; init; } = [];

    /// <summary>Up to where it checks CRLs.</summary>
    public RevocationReach Crls { get; init; }

    /// <summary>Whether it checks them as a server alone: as a client it takes none, or goes on without those that it does not find.</summary>
    public bool ChecksAsServerOnly { get; init; }

    /// <summary>Up to where it checks CRLs at that end.</summary>
    public RevocationReach CrlsAs(Side side) => side == Side.Client && ChecksAsServerOnly ? RevocationReach.None : Crls;

    /// <summary>The words of the <c>formats</c> that it reads; empty where it reads what every party has.</summary>
    public ImmutableArray<string> Formats { get; init; } = [];

    /// <summary>Whether a path cannot be written in its configuration.</summary>
    public Func<string, bool> CannotName { get; init; } = _ => false;

    /// <summary>Whether it listens on IP addresses and <c>localhost</c> only.</summary>
    public bool ListensByAddress { get; init; }

    /// <summary>Whether it verifies the server for the name by which it connects and for no other.</summary>
    public bool ConnectsByName { get; init; }

    /// <summary>Whether it cannot be told which version of TLS to offer.</summary>
    public bool OffersEveryVersion { get; init; }

    /// <summary>Whether it can be that end of a connection.</summary>
    public bool CanBe(Side side) => side == Side.Server ? Server is not null : Client is not null;
}
