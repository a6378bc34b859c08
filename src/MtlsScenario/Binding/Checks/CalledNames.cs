using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>The names by which a server may be called, as its certificate has them.</summary>
internal sealed class CalledNames
{
    private readonly HashSet<string> _names;
    private readonly HashSet<IPAddress> _addresses;
    private readonly bool _isAny;

    public CalledNames(CertificateSpecification certificate)
    {
        string[] names = certificate.Names.IsEmpty
            ? [.. certificate.Subject.CommonNames]
            : [.. certificate.Names.Where(name => name.Kind is GeneralNameKind.Dns or GeneralNameKind.IpAddress).Select(name => name.Value)];
        _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        _addresses = [];
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                _addresses.Add(address);
            }
        }

        _isAny = names.Any(Replication.IsIn);
    }

    /// <summary>Whether a client that calls this host finds it among the names.</summary>
    public bool Have(string host)
    {
        if (_isAny)
        {
            return true;
        }

        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return _addresses.Contains(address);
        }

        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return _names.Contains(host) || (dot > 0 && _names.Contains("*" + host[dot..]));
    }
}
