using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>One who takes part: it has certificates, and calls or is called.</summary>
public sealed record Party
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How many of it there are, numbered from 1; null for a party without replicas.</summary>
    public int? Replicas { get; init; }

    /// <summary>The mode of its files with a key in them, when they are made; null for 0600.</summary>
    public UnixFileMode? KeyMode { get; init; }

    /// <summary>The name of the group of its files with a key in them, when they are made; null for that of whoever makes them.</summary>
    public string? KeyGroup { get; init; }

    /// <summary>Its certificates, at most one of each role, in the order of the file.</summary>
    public ImmutableArray<PartyCertificate> Certificates { get; init; } = [];

    /// <summary>The certificate with which it calls: its client's or, without one, its peer's; null where it has neither.</summary>
    internal PartyCertificate? Calling => Find(Role.Client) ?? Find(Role.Peer);

    /// <summary>The certificate with which it is called: its server's or, without one, its peer's; null where it has neither.</summary>
    internal PartyCertificate? Called => Find(Role.Server) ?? Find(Role.Peer);

    /// <summary>Its certificate of that role, or null.</summary>
    internal PartyCertificate? Find(Role role) => Certificates.FirstOrDefault(certificate => certificate.Role == role);
}
