using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The files of one end, as paths that a program is to open.</summary>
internal sealed record EndFiles
{
    /// <summary>The private key.</summary>
    public required string Key { get; init; }

    /// <summary>The certificate alone.</summary>
    public required string Certificate { get; init; }

    /// <summary>What the end presents, in one file, leaf first: its chain, or its certificate alone.</summary>
    public required string Presented { get; init; }

    /// <summary>The intermediates that it presents, a file each, nearest first; empty where it presents its leaf alone.</summary>
    public required ImmutableArray<string> Intermediates { get; init; }

    /// <summary>The trust anchors, in one file; null where it trusts nobody.</summary>
    public required string? Anchors { get; init; }

    /// <summary>Whether the other end's chain is checked against CRLs.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>The CRLs for that, in one file; null where nobody issues any, and then nobody gets in.</summary>
    public string? Crls { get; init; }

    /// <summary>The names of the authorities whose CRLs .NET cannot verify, for their keys are neither RSA nor EC.</summary>
    public ImmutableArray<string> CrlIssuersBeyondDotNet { get; init; } = [];

    /// <summary>
    /// The names of the anchors that are, or for all that the scenario says may be, intermediates. Many programs take a
    /// path for complete only at a root, unless they are told otherwise.
    /// </summary>
    public required ImmutableArray<string> IntermediateAnchors { get; init; }

    /// <summary>A path in the folder of the key.</summary>
    public string Beside(string name) => Key[..(Key.LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1)] + name;

    /// <summary>The files of its further formats, by the words of <c>formats</c>.</summary>
    public ImmutableDictionary<string, string> Formats { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where the password of its key store is; null for the well-known one.</summary>
    public PasswordSource? KeyPassword { get; init; }

    /// <summary>Where that of its trust store is; null for the well-known one.</summary>
    public PasswordSource? TrustPassword { get; init; }
}
