using System.Diagnostics;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Graphs;

/// <summary>Makes the drawing of a scenario.</summary>
internal static class GraphBuilder
{
    /// <summary>The graph of a scenario that was found right.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="withSteps">Whether the steps are numbered in it.</param>
    /// <param name="isAwaited">Whether a certificate is for others to send; null where nobody looked.</param>
    public static ScenarioGraph For(Scenario scenario, bool withSteps, Func<PlannedCertificate, bool>? isAwaited = null)
    {
        Plan plan = Planner.For(scenario);
        string Note(string stem) => isAwaited?.Invoke(plan[stem]) == true ? ", awaited" : "";
        GraphCertificate Marked(GraphCertificate certificate) => certificate with { Title = certificate.Title + Note(certificate.Stem) };
        return new ScenarioGraph
        {
            Name = VisibleText.Of(scenario.Name),
            Description = scenario.Description is { } description ? OnOneLine(description) : null,
            Authorities = [.. plan.Certificates.Where(certificate => certificate.IsAuthority).Select(planned => Marked(Authority(scenario, planned)))],
            Parties = [.. scenario.Parties.Select(party => PartyOf(party) is var drawn ? drawn with { Certificates = [.. drawn.Certificates.Select(Marked)] } : drawn)],
            Connections = [.. scenario.Connections.SelectMany(connection => ConnectionOf(scenario, connection))],
            Steps = withSteps ? StepNumbering.Of(plan) : [],
        };
    }

    /// <summary>A description of several lines as one; it is wrapped where it is drawn.</summary>
    private static string OnOneLine(string description) =>
        VisibleText.Of(string.Join(' ', description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static GraphCertificate Authority(Scenario scenario, PlannedCertificate planned)
    {
        Authority authority = scenario.Authority(planned.Stem);
        string kind = planned.IsSelfSigned ? "root CA" : "intermediate CA";
        return new GraphCertificate
        {
            Stem = planned.Stem,
            Kind = planned.IsSelfSigned ? CertificateKind.Root : CertificateKind.Intermediate,
            Title = string.Concat(
                kind,
                authority.Operator is { } party ? $", run by {party}" : "",
                planned.IsExternal ? ", provided" : ""),
            Issuer = planned.Issuer,
            IsRevoked = planned.Revoked is not null,
            Revoked = Revoked(authority.Certificate),
            Details =
            [
                .. authority.Certificate is { } certificate ? Said(certificate).Concat(Limits(certificate)) : ["its certificate says what it is"],
                .. Crl(authority, planned),
            ],
        };
    }

    private static IEnumerable<string> Crl(Authority authority, PlannedCertificate planned)
    {
        if (authority.Crl is null)
        {
            yield return "issues no CRL";
        }
        else if (planned.Files.Crl is not null)
        {
            string lasts = authority.Crl.Lifetime is { } lifetime ? $", {Lasts(lifetime)}" : "";
            yield return $"issues a CRL{lasts}{(authority.Crl.SignedBy is { } other ? $", signed by {other}" : "")}";
        }
    }

    private static IEnumerable<string> Limits(CertificateSpecification certificate)
    {
        if (certificate.PathLength is { } length)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"path length {length}");
        }

        if (certificate.NameConstraints is { } constraints)
        {
            if (!constraints.Permitted.IsEmpty)
            {
                yield return $"permits {VisibleText.Of(string.Join(", ", constraints.Permitted))}";
            }

            if (!constraints.Excluded.IsEmpty)
            {
                yield return $"excludes {VisibleText.Of(string.Join(", ", constraints.Excluded))}";
            }
        }
    }

    private static GraphParty PartyOf(Party party) =>
        new(party.Name, party.Replicas, [.. party.Certificates.Select(certificate => CertificateOf(party, certificate))]);

    private static GraphCertificate CertificateOf(Party party, PartyCertificate certificate) => new()
    {
        Stem = FileNames.Stem(party, certificate.Role),
        Kind = certificate.Role switch
        {
            Role.Server => CertificateKind.Server,
            Role.Client => CertificateKind.Client,
            Role.Peer => CertificateKind.Peer,
            _ => throw new UnreachableException(),
        },
        Title = FileNames.RoleName(certificate.Role) + (certificate.IsExternal ? ", provided" : ""),
        Replicas = party.Replicas,
        Issuer = certificate.Certificate.Issuer,
        Trusts = certificate.Trusts,
        IsRevoked = certificate.Certificate.Revoked?.CoversAll(party.Replicas) == true,
        Revoked = Revoked(certificate.Certificate),
        Details = [.. certificate is { IsExternal: true, Certificate.Subject.RelativeNames.IsEmpty: true } ? ["its certificate says what it is"] : Said(certificate.Certificate), .. Uses(certificate)],
    };

    private static IEnumerable<string> Said(CertificateSpecification certificate)
    {
        yield return VisibleText.Of(certificate.Subject.ToString());
        if (!certificate.Names.IsEmpty)
        {
            yield return VisibleText.Of(string.Join(", ", certificate.Names));
        }

        yield return $"{KeyNames.Of(certificate.Key)}, {Lasts(certificate.Lifetime)}";
        if (Revoked(certificate) is { } revoked)
        {
            yield return $"✗ revoked: {revoked}";
        }
    }

    private static string? Revoked(CertificateSpecification? certificate) => certificate?.Revoked is { } revoked ? GraphText.Revoked(revoked) : null;

    private static string Lasts(Lifetime lifetime) => lifetime switch
    {
        { From: TimePoint.Offset { FromNow: var from }, Until: TimePoint.Offset { FromNow: var until } } when from == TimeSpan.Zero =>
            TimeText.Of(until),
        _ => $"{Text(lifetime.From)} to {Text(lifetime.Until)}",
    };

    private static string Text(TimePoint point) => point switch
    {
        TimePoint.Instant { Time: var time } => TimeText.Of(time),
        TimePoint.Offset { FromNow: var offset } when offset == TimeSpan.Zero => "now",
        TimePoint.Offset { FromNow: var offset } => offset < TimeSpan.Zero ? $"now − {TimeText.Of(-offset)}" : $"now + {TimeText.Of(offset)}",
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<string> Uses(PartyCertificate certificate)
    {
        if (certificate.Role != Role.Client)
        {
            yield return $"listens on {VisibleText.Of(certificate.Listen.ToString())}{(certificate.MinimumTls == TlsVersion.Tls13 ? ", TLS 1.3 only" : "")}";
        }

        if (certificate.Admits is { } admits)
        {
            yield return admits.IsEmpty ? "admits nobody" : $"admits {VisibleText.Of(string.Join(", ", admits))}";
        }

        if (certificate.Presents == Presentation.Leaf)
        {
            yield return "sends its leaf alone";
        }

        if (certificate.ChecksRevocation)
        {
            yield return "checks CRLs";
        }
    }

    /// <summary>None where an end has no certificate to be drawn from.</summary>
    private static IEnumerable<GraphConnection> ConnectionOf(Scenario scenario, Connection connection)
    {
        Party from = scenario.Party(connection.From.Party);
        Party to = scenario.Party(connection.To.Party);
        if (from.Calling is { } client && to.Called is { } server)
        {
            yield return new GraphConnection(
                FileNames.Stem(from, client.Role),
                FileNames.Stem(to, server.Role),
                $"{connection.From} → {connection.To}",
                connection.Expect == Outcome.Rejected,
                Expected(connection))
            {
                Conditions = [.. Conditions(connection, server)],
            };
        }
    }

    private static string Expected(Connection connection)
    {
        if (connection.Expect == Outcome.Accepted)
        {
            return "accepted";
        }

        string by = connection.By switch
        {
            Side.Client => "client",
            Side.Server => "server",
            _ => "either end",
        };
        return $"rejected by {by}{(connection.Because is { } reason ? $": {RejectionReasonNames.NameOf(reason)}" : "")}";
    }

    private static IEnumerable<string> Conditions(Connection connection, PartyCertificate server)
    {
        if (!string.Equals(connection.Host, server.Listen.Host, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"calls {VisibleText.Of(connection.Host)}";
        }

        if (connection.Tls is { } version)
        {
            yield return version == TlsVersion.Tls13 ? "offers TLS 1.3" : "offers TLS 1.2";
        }

        if (connection.At is { } at)
        {
            yield return $"at {TimeText.Of(at)}";
        }

        if (connection.PresentsNothing)
        {
            yield return "sends no certificate";
        }
    }
}
