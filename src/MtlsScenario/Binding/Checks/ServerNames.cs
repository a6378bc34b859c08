using System.Net;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Binding.Checks;

/// <summary>Servers whose certificate is not for the name by which they are called.</summary>
internal static class ServerNames
{
    /// <summary>Warns of servers without names.</summary>
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates)
        {
            CertificateSpecification wish = use.Certificate.Specification;
            if (use.Model.Role != Role.Client && wish.Names.IsEmpty && use.Certificate.IsSound)
            {
                string common = wish.Subject.CommonNames.Any() ? "only a CN" : "no CN either";
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
        foreach (BoundConnection connection in scenario.Connections.Where(connection => connection.Model.Expect == Outcome.Accepted))
        {
            if (scenario.Called(connection.Model) is { } called && IsOther(called.Certificate.Specification, connection.Model.Host))
            {
                faults.Warning(
                    connection.Fields.PositionOf("host"),
                    DiagnosticCodes.HostNotNamed,
                    $"{VisibleText.Quoted(connection.Model.Host)}, the host that is called, is not among the names of {called.Certificate.Label}: clients turn it away",
                    "add it to names, or name the host with host:");
            }
        }
    }

    private static bool IsOther(CertificateSpecification certificate, string host)
    {
        IEnumerable<string> names = certificate.Names.IsEmpty
            ? certificate.Subject.CommonNames
            : certificate.Names.Where(name => name.Kind is GeneralNameKind.Dns or GeneralNameKind.IpAddress).Select(name => name.Value);
        return !names.Any(name => name.Contains(Replication.Placeholder, StringComparison.Ordinal) || IsFor(name, host));
    }

    private static bool IsFor(string name, string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return IPAddress.TryParse(name, out IPAddress? own) && own.Equals(address);
        }

        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
            || (dot > 0 && name.StartsWith("*.", StringComparison.Ordinal)
                && string.Equals(name[1..], host[dot..], StringComparison.OrdinalIgnoreCase));
    }
}
