using System.Globalization;
using Org.BouncyCastle.Tls;

namespace MtlsScenario.Tool.Probing;

/// <summary>The words for an alert of TLS (RFC 8446 section 6.2).</summary>
internal static class AlertText
{
    /// <summary>Such as <c>alert 45 certificate_expired</c>.</summary>
    public static string Of(int number)
    {
        string name = AlertDescription.GetName((short)number);
        return string.Create(CultureInfo.InvariantCulture, $"alert {number} {name}");
    }
}
