using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>One handshake to be tried: a connection of a scenario, between two that are one each, with one version of TLS.</summary>
/// <param name="Connection">What it comes from, and what is expected of it.</param>
/// <param name="Client">The caller.</param>
/// <param name="Server">The called.</param>
/// <param name="Offered">The only version that the client offers.</param>
internal sealed record Trial(Connection Connection, TrialEnd Client, TrialEnd Server, TlsVersion Offered)
{
    /// <summary>Such as <c>amy -> bob</c>.</summary>
    public string Name => $"{Client} -> {Server}";
}
