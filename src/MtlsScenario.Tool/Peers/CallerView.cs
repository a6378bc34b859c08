using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>How a connection went as the client saw it, and what it was answered.</summary>
/// <param name="View">How it went.</param>
/// <param name="Answer">The body of the answer; empty where there was none or the client does not tell.</param>
internal sealed record CallerView(EndView View, string Answer = "");
