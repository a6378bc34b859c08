using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports ends that accept nobody, and connections that are to be accepted and cannot be.</summary>
internal static class Trust
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates.Where(pair => pair.Use.Model.Trusts.IsEmpty))
        {
            faults.Warning(
                use.Certificate.Fields.PositionOf("trusts"),
                DiagnosticCodes.TrustsNobody,
                $"{use.Certificate.Label} comes with no trust anchor, so its end accepts nobody",
                use.Certificate.Fields["trusts"] is null ? "name authorities with trusts, or the party in a connection that is to be accepted" : null);
        }

        var anchors = new Dictionary<Fields, HashSet<string>>();
        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates)
        {
            anchors.Add(use.Certificate.Fields, use.Model.Trusts.ToHashSet(StringComparer.Ordinal));
        }

        bool CanVerify(BoundPartyCertificate end, BoundPartyCertificate other) =>
            Trust.CanVerify(anchors[end.Certificate.Fields], other, scenario);
        foreach (BoundConnection connection in scenario.Connections.Where(connection => connection.Model.Expect == Outcome.Accepted))
        {
            CheckAccepted(connection, scenario, CanVerify, faults);
        }
    }

    private static void CheckAccepted(
        BoundConnection connection,
        BoundScenario scenario,
        Func<BoundPartyCertificate, BoundPartyCertificate, bool> canVerify,
        FaultList faults)
    {
        if (scenario.Calling(connection.Model) is not { } calling || scenario.Called(connection.Model) is not { } called)
        {
            return;
        }

        string caller = VisibleText.Quoted(connection.Model.From.Party);
        string server = VisibleText.Quoted(connection.Model.To.Party);
        void Warn(string key, string why) => faults.Warning(
            connection.Fields.PositionOf(key),
            DiagnosticCodes.CannotBeAccepted,
            $"the connection cannot be accepted: {why}",
            "write expect: rejected if that is meant");

        if (connection.Model.Tls is { } offered && offered < called.Model.MinimumTls)
        {
            Warn("tls", $"{caller} offers TLS 1.2 alone, and tlsMin of {server} is 1.3");
        }

        if (connection.Model.PresentsNothing)
        {
            Warn("presents", $"{caller} presents no certificate, and {server} wants one");
        }
        else if (!canVerify(called, calling))
        {
            Warn("to", $"{server} trusts no authority above {calling.Certificate.Label}");
        }

        if (RevokedOf(calling, connection.Model.From, called, scenario) is { } client)
        {
            Warn("from", $"{client} is revoked, and {server} checks that");
        }

        if (RevokedOf(called, connection.Model.To, calling, scenario) is { } listener)
        {
            Warn("to", $"{listener} is revoked, and {caller} checks that");
        }

        if (!canVerify(calling, called))
        {
            Warn("from", $"{caller} trusts no authority above {called.Certificate.Label}");
        }
    }

    /// <summary>What of an end's chain is revoked, as far as the other end looks; null where nothing is, or that checks nothing.</summary>
    private static string? RevokedOf(BoundPartyCertificate use, ConnectionEnd end, BoundPartyCertificate judge, BoundScenario scenario)
    {
        bool IsRevoked(BoundCertificate certificate) => certificate.Specification.Revoked is { } revoked
            && (revoked.Of is not { } some || end.Selection switch
            {
                ReplicaSelection.One => some.Contains(end.Number ?? 0),
                ReplicaSelection.All => !some.IsEmpty,
                _ => new Replication(certificate.Replicas ?? 1).Sample.Any(number => some.Contains(number)),
            });
        IEnumerable<BoundCertificate> below = scenario.IssuersAbove(use.Certificate)
            .TakeWhile(issuer => !judge.Model.Trusts.Contains(issuer.Model.Name)).Select(issuer => issuer.Certificate);
        return judge.Model.ChecksRevocation ? below.Prepend(use.Certificate).FirstOrDefault(IsRevoked)?.Label : null;
    }

    /// <summary>Whether an anchor stands above the other end. Above a provided certificate may be what the scenario does not say.</summary>
    private static bool CanVerify(HashSet<string> anchors, BoundPartyCertificate other, BoundScenario scenario)
    {
        // Who trusts nobody has a warning of its own.
        if (anchors.Count == 0 || scenario.FindAuthority(other.Certificate.Specification.Issuer) is null)
        {
            return true;
        }

        BoundAuthority? highest = null;
        foreach (BoundAuthority issuer in scenario.IssuersAbove(other.Certificate))
        {
            if (anchors.Contains(issuer.Model.Name))
            {
                return true;
            }

            highest = issuer;
        }

        return highest!.Model.IsExternal;
    }
}
