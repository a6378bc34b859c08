namespace MtlsScenario.Planning;

/// <summary>
/// Where the files of a certificate are with its holder, relative to the folder of the certificates, with <c>/</c>; in a
/// fleet <c>{n}</c> stands for the number.
/// </summary>
/// <param name="Key">The private key.</param>
/// <param name="Request">The request, whether it is kept or not.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="Chain">The certificate and its intermediates; null where there are none.</param>
/// <param name="Anchors">
/// What the holder trusts when it uses this certificate: its own file, or the one authority's certificate; null where it
/// trusts nobody or is an authority.
/// </param>
/// <param name="Crl">
/// An authority's CRL, or the CRLs against which the holder checks the other end; null where there is to be none.
/// </param>
internal sealed record CertificateFiles(
    string Key, string Request, string Certificate, string? Chain, string? Anchors, string? Crl = null);
