using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Serving;

/// <summary>A certificate that a server presented.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Names">Its subject alternative names, as in a scenario.</param>
/// <param name="Issuer">Its issuer.</param>
/// <param name="NotBefore">From when it is valid, <c>yyyy-MM-ddTHH:mm:ssZ</c>.</param>
/// <param name="NotAfter">Until when, inclusive.</param>
internal sealed record PresentedCertificate(
    string Subject, ImmutableArray<string> Names, string Issuer, string NotBefore, string NotAfter)
{
    /// <summary>What the certificate says.</summary>
    public static PresentedCertificate Of(X509Certificate2 certificate)
    {
        PeerNames names = PeerNames.Of(certificate);
        return new PresentedCertificate(
            names.Subject,
            [.. names.AlternativeNames.Select(name => name.ToString())],
            certificate.Issuer,
            Instant(certificate.NotBefore),
            Instant(certificate.NotAfter));
    }

    private static string Instant(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
