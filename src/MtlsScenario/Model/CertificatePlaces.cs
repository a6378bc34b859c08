namespace MtlsScenario.Model;

/// <summary>
/// Where the files of a certificate are, in place of those that are called by its stem: relative to the folder of the certificates,
/// with <c>/</c>; null for what its stem gives.
/// </summary>
public sealed record CertificatePlaces
{
    /// <summary>The certificate; where it is also <see cref="Chain"/>, the intermediates follow in the same file.</summary>
    public string? Certificate { get; init; }

    /// <summary>The private key.</summary>
    public string? Key { get; init; }

    /// <summary>The signing request.</summary>
    public string? Request { get; init; }

    /// <summary>The certificate and its intermediates.</summary>
    public string? Chain { get; init; }

    /// <summary>The trust anchors.</summary>
    public string? Trust { get; init; }
}
