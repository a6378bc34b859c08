using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Whether names lie within name constraints (RFC 5280 section 4.2.1.10).</summary>
internal static class Subtrees
{
    /// <summary>Whether a name is permitted and not excluded.</summary>
    public static bool Allow(NameConstraints constraints, GeneralName name)
    {
        IEnumerable<GeneralSubtree> permitted = constraints.Permitted.Where(subtree => subtree.Kind == name.Kind);
        return (!permitted.Any() || permitted.Any(subtree => Contains(subtree, name)))
            && !constraints.Excluded.Any(subtree => subtree.Kind == name.Kind && Contains(subtree, name));
    }

    private static bool Contains(GeneralSubtree subtree, GeneralName name) => name.Kind switch
    {
        GeneralNameKind.Dns => ContainsDomain(subtree.Base, name.Value),
        GeneralNameKind.IpAddress => ContainsAddress(subtree.Base, name.Value),
        GeneralNameKind.Email => ContainsMail(subtree.Base, name.Value),
        GeneralNameKind.Uri => NameSyntax.HostOf(name.Value) is { } host && ContainsHost(subtree.Base, host),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool ContainsDomain(string domain, string name) =>
        string.Equals(domain, name, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(domain.StartsWith('.') ? domain : "." + domain, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of e-mail addresses and URIs a host is itself alone, and a <c>.domain</c> the hosts below it.</summary>
    private static bool ContainsHost(string constraint, string host) => constraint.StartsWith('.')
        ? host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase)
        : string.Equals(constraint, host, StringComparison.OrdinalIgnoreCase);

    private static bool ContainsMail(string constraint, string address)
    {
        int at = address.LastIndexOf('@');
        int constraintAt = constraint.LastIndexOf('@');
        string host = address[(at + 1)..];
        return constraintAt < 0
            ? ContainsHost(constraint, host)
            : string.Equals(constraint[..constraintAt], address[..at], StringComparison.Ordinal)
                && string.Equals(constraint[(constraintAt + 1)..], host, StringComparison.OrdinalIgnoreCase);
    }

    private static bool ContainsAddress(string range, string address) =>
        IPNetwork.TryParse(range, out IPNetwork network)
        && IPAddress.TryParse(address, out IPAddress? own)
        && network.BaseAddress.AddressFamily == own.AddressFamily
        && network.Contains(own);
}
