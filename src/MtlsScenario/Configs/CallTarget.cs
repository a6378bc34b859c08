using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Whom a client calls, and how.</summary>
/// <param name="Url">The URL; its host is the name for which the server's certificate is verified.</param>
/// <param name="Server">The party that is called, or null where the user gave the URL.</param>
/// <param name="ConnectTo">Where the server is, where that is not where the URL's host is; otherwise null.</param>
/// <param name="Tls">The only version that the client offers, or null for what it offers by itself.</param>
/// <param name="PresentsNothing">Whether the client sends no certificate.</param>
internal sealed record CallTarget(
    Uri Url, ConnectionEnd? Server = null, ListenAddress? ConnectTo = null, TlsVersion? Tls = null, bool PresentsNothing = false)
{
    /// <summary>The URL as people write it, without the path of a bare host: <c>https://localhost:3000</c>.</summary>
    public string Address => Url.PathAndQuery is "/" ? Url.AbsoluteUri.TrimEnd('/') : Url.AbsoluteUri;

    /// <summary>The name or address for which the server's certificate is verified, an IPv6 address without brackets.</summary>
    public string Host => Url.IdnHost.Trim('[', ']');
}
