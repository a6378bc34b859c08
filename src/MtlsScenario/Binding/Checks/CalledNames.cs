using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>The names by which a server may be called, as its certificate has them.</summary>
internal sealed class CalledNames
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly bool _isAny;

    public CalledNames(CertificateSpecification certificate)
    {
        foreach (string name in NamesOf(certificate))
        {
            _names.Add(name);
            _isAny |= Replication.IsIn(name);
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                _addresses.Add(address);
            }
        }
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

    /// <summary>The common names count where there is no other name.</summary>
    private static IEnumerable<string> NamesOf(CertificateSpecification certificate)
    {
        if (certificate.Names.IsEmpty)
        {
            foreach (string name in certificate.Subject.CommonNames)
            {
                yield return name;
            }
        }

        foreach (GeneralName name in certificate.Names)
        {
            if (name.Kind is GeneralNameKind.Dns or GeneralNameKind.IpAddress)
            {
                yield return name.Value;
            }
        }
    }
}
