namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Who calls, and how.</summary>
/// <param name="Account">As whom.</param>
/// <param name="Stem">The stem of the files with what is shown, leaf first, and its key; null for no certificate.</param>
/// <param name="Version">The option of openssl for the version of TLS.</param>
internal sealed record Caller(string Account, string? Stem, string Version = "-tls1_3");
