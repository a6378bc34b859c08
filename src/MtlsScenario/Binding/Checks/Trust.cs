using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Ends that accept nobody, and connections that are to be accepted and cannot.</summary>
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

        foreach (BoundConnection connection in scenario.Connections.Where(connection => connection.Model.Expect == Outcome.Accepted))
        {
            CheckAccepted(connection, scenario, faults);
        }
    }

    private static void CheckAccepted(BoundConnection connection, BoundScenario scenario, FaultList faults)
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
        else if (!CanVerify(called, calling, scenario))
        {
            Warn("to", $"{server} trusts no authority above {calling.Certificate.Label}");
        }

        if (!CanVerify(calling, called, scenario))
        {
            Warn("from", $"{caller} trusts no authority above {called.Certificate.Label}");
        }
    }

    /// <summary>Whether an anchor stands above the other end. Above a provided certificate may be what the scenario does not say.</summary>
    private static bool CanVerify(BoundPartyCertificate end, BoundPartyCertificate other, BoundScenario scenario)
    {
        // Who trusts nobody has a warning of its own.
        if (end.Model.Trusts.IsEmpty || scenario.FindAuthority(other.Certificate.Specification.Issuer) is null)
        {
            return true;
        }

        BoundAuthority? highest = null;
        foreach (BoundAuthority issuer in scenario.IssuersAbove(other.Certificate))
        {
            if (end.Model.Trusts.Contains(issuer.Model.Name))
            {
                return true;
            }

            highest = issuer;
        }

        return highest!.Model.IsExternal;
    }
}
