using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Importing;

/// <summary>Finds the connections that may be meant: files do not say, so what fits is tried.</summary>
internal sealed class ImportedConnections(IReadOnlyList<ImportedCertificate> authorities, IReadOnlyList<ImportedCertificate> parties)
{
    private const string Localhost = "localhost";

    /// <summary>The first connections, callers in the order of the scenario, and how many there are.</summary>
    /// <param name="choice">Which may be meant.</param>
    /// <param name="most">How many are made at most: among many peers there is one for each two of them.</param>
    public (ImmutableArray<ImportedConnection> First, long Count) Of(ConnectionChoice choice, int most)
    {
        (ImportedCertificate Certificate, string Kind)[] servers = choice == ConnectionChoice.None ? [] : [.. End(Role.Server)];
        var known = new Dictionary<(string Client, string Server), bool>();
        var first = new List<ImportedConnection>();
        long count = 0;
        foreach ((ImportedCertificate client, string kind) in End(Role.Client))
        {
            foreach ((ImportedCertificate server, string called) in servers.Where(server => server.Certificate.Name != client.Name))
            {
                if (!known.TryGetValue((kind, called), out bool fits))
                {
                    known.Add((kind, called), fits = choice == ConnectionChoice.All || (Verifies(client, server) && Verifies(server, client)));
                }

                if (fits && count++ < most)
                {
                    string[] hosts = [.. ImportedText.Hosts(server.Certificate)];
                    first.Add(new ImportedConnection(client.Name, server.Name, hosts.Contains(Localhost) || hosts.Length == 0 ? null : hosts[0]));
                }
            }
        }

        return ([.. first], count);
    }

    /// <summary>
    /// The certificate with which each party calls or is called: that of the role, or its peer's. Those of one kind are verified, and
    /// verify others, alike.
    /// </summary>
    private IEnumerable<(ImportedCertificate Certificate, string Kind)> End(Role role) => parties.GroupBy(one => one.Name, StringComparer.Ordinal)
        .Select(party => party.FirstOrDefault(one => one.Role == role) ?? party.FirstOrDefault(one => one.Role == Role.Peer))
        .OfType<ImportedCertificate>()
        .Select(one => (one, $"{one.Issuer}, {string.Join(' ', TrustedBy(one))}"));

    private bool Verifies(ImportedCertificate end, ImportedCertificate other) => Above(other).Any(TrustedBy(end).Contains);

    /// <summary>Who says nothing of trust gets the root above the other end.</summary>
    private IEnumerable<string> TrustedBy(ImportedCertificate end) => end.Trusts ?? Above(end).TakeLast(1);

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
