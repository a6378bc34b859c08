using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports servers that listen on one address, so that they cannot run at once on one machine.</summary>
internal static class ListenAddresses
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        HashSet<Fields> called =
            [.. scenario.Connections.Select(connection => scenario.Called(connection.Model)?.Certificate.Fields).OfType<Fields>()];
        var taken = new Dictionary<string, BoundCertificate>(StringComparer.OrdinalIgnoreCase);
        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates.OrderBy(pair => pair.Use.Certificate.Fields.Owner))
        {
            // A peer that nobody calls only calls.
            bool listens = use.Model.Role == Role.Server || (use.Model.Role == Role.Peer && called.Contains(use.Certificate.Fields));
            if (listens && use.Certificate.IsSound && !taken.TryAdd(use.Model.Listen.ToString(), use.Certificate))
            {
                faults.Warning(
                    use.Certificate.Fields.PositionOf("listen"),
                    DiagnosticCodes.SharedListen,
                    $"{use.Certificate.Label} listens on {use.Model.Listen}, as {taken[use.Model.Listen.ToString()].Label} does: they cannot both run",
                    "give one of them another port with listen");
            }
        }
    }
}
