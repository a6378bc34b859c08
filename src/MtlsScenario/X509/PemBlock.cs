namespace MtlsScenario.X509;

/// <summary>One block of a PEM text.</summary>
/// <param name="Label">What it says it is, such as <c>CERTIFICATE</c>.</param>
/// <param name="Der">Its content; of an encrypted block, what cannot be read.</param>
/// <param name="IsEncrypted">Whether its headers say that it is encrypted (RFC 1421, as openssl writes old keys).</param>
internal sealed record PemBlock(string Label, byte[] Der, bool IsEncrypted);
