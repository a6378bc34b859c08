namespace MtlsScenario.Model;

/// <summary>A further form in which a party's files are written, and how.</summary>
/// <param name="Kind">Which.</param>
public sealed record FileFormat(FormatKind Kind)
{
    /// <summary>How a <see cref="FormatKind.Pkcs12"/> is encrypted; of no account in others.</summary>
    public StoreEncryption Encryption { get; init; }

    /// <summary>The password of a <see cref="FormatKind.TrustStore"/>; null for <c>changeit</c>. Others have that of the certificate.</summary>
    public PasswordSource? Password { get; init; }
}
