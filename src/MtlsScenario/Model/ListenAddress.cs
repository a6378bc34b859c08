using System.Globalization;

namespace MtlsScenario.Model;

/// <summary>Where a server listens.</summary>
/// <param name="Host">A DNS name or an IP address (IPv6 without brackets).</param>
/// <param name="Port">1 to 65535.</param>
public sealed record ListenAddress(string Host, int Port)
{
    /// <summary>The default, <c>localhost:3000</c>, as in the article.</summary>
    public static ListenAddress Default { get; } = new("localhost", 3000);

    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
