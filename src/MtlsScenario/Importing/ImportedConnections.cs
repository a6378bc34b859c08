using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Importing;

/// <summary>Finds the connections that may be meant: files do not say, so what fits is tried.</summary>
internal sealed class ImportedConnections(IReadOnlyList<ImportedCertificate> authorities, IReadOnlyList<ImportedCertificate> parties)
{
    private const string Localhost = "localhost";

    /// <summary>The connections, callers in the order of the scenario.</summary>
    public IEnumerable<ImportedConnection> Of(ConnectionChoice choice)
    {
        ImportedCertificate[] servers = choice == ConnectionChoice.None ? [] : [.. End(Role.Server)];
        return
            from client in End(Role.Client)
            from server in servers
            where client.Name != server.Name && (choice == ConnectionChoice.All || (Verifies(client, server) && Verifies(server, client)))
            let hosts = ImportedText.Hosts(server.Certificate).ToArray()
            select new ImportedConnection(client.Name, server.Name, hosts.Contains(Localhost) || hosts.Length == 0 ? null : hosts[0]);
    }

    /// <summary>The certificate with which each party calls or is called: that of the role, or its peer's.</summary>
    private IEnumerable<ImportedCertificate> End(Role role) => parties.GroupBy(one => one.Name, StringComparer.Ordinal)
        .Select(party => party.FirstOrDefault(one => one.Role == role) ?? party.FirstOrDefault(one => one.Role == Role.Peer))
        .OfType<ImportedCertificate>();

    /// <summary>Who says nothing of trust gets the root above the other end.</summary>
    private bool Verifies(ImportedCertificate end, ImportedCertificate other) =>
        Above(other).ToArray() is { Length: > 0 } above && (end.Trusts ?? [.. Above(end).TakeLast(1)]).Any(above.Contains);

    private IEnumerable<string> Above(ImportedCertificate certificate) => ImportedCertificate.Above(certificate.Issuer, authorities);
}

/// <summary>Which connections may be meant.</summary>
internal enum ConnectionChoice
{
    /// <summary>None is written.</summary>
    None,

    /// <summary>Those between ends of which each trusts an authority above the other.</summary>
    SameRoot,

    /// <summary>Those of every client with every server.</summary>
    All,
}

/// <summary>A connection that may be meant, as a scenario writes it.</summary>
/// <param name="From">The caller.</param>
/// <param name="To">The called.</param>
/// <param name="Host">By which name; null for localhost.</param>
internal sealed record ImportedConnection(string From, string To, string? Host)
{
    /// <inheritdoc/>
    public override string ToString() => Host is null ? $"{From} -> {To}" : $"{{ from: {From}, to: {To}, host: {NodeText.Scalar(Host)} }}";
}
