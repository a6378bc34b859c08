using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports servers whose certificate is not for the name by which they are called.</summary>
internal static class ServerNames
{
    /// <summary>Warns of servers without names.</summary>
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates)
        {
            CertificateSpecification planned = use.Certificate.Specification;
            if (use.Model.Role != Role.Client && planned.Names.IsEmpty && use.Certificate.IsSound && !use.Model.IsExternal)
            {
                string common = planned.Subject.CommonNames.Any() ? "only a CN" : "no CN either";
                faults.Warning(
                    use.Certificate.Fields.PositionOf("names"),
                    DiagnosticCodes.ServerWithoutNames,
                    $"{use.Certificate.Label} has no names, {common}: clients such as Go's and browsers turn it away");
            }
        }
    }

    /// <summary>Warns of connections that call a server by a name that it does not have.</summary>
    public static void CheckHosts(BoundScenario scenario, FaultList faults)
    {
        var known = new Dictionary<Fields, CalledNames>();
        foreach (BoundConnection connection in scenario.Connections.Where(connection => connection.Model.Expect == Outcome.Accepted))
        {
            if (scenario.Called(connection.Model) is not { Model.IsExternal: false } called)
            {
                continue;
            }

            if (!known.TryGetValue(called.Certificate.Fields, out CalledNames? names))
            {
                known.Add(called.Certificate.Fields, names = new CalledNames(called.Certificate.Specification));
            }

            if (!names.Have(connection.Model.Host))
            {
                faults.Warning(
                    connection.Fields.PositionOf("host"),
                    DiagnosticCodes.HostNotNamed,
                    $"{VisibleText.Quoted(connection.Model.Host)}, the host that is called, is not among the names of {called.Certificate.Label}: clients turn it away",
                    "add it to names, or name the host with host:");
            }
        }
    }
}
