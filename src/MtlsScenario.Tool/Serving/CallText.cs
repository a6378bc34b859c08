using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Serving;

/// <summary>A call's report for people.</summary>
internal static class CallText
{
    /// <summary>Status, what the server presented, and its answer.</summary>
    public static string Of(CallReport report)
    {
        var text = new StringBuilder();
        if (report.Status is { } status)
        {
            text.Append(CultureInfo.InvariantCulture, $"{status} from {VisibleText.Of(report.Url)}, TLS {report.Tls}, {report.Cipher}\n");
        }
        else if (report.Accepted)
        {
            text.Append(CultureInfo.InvariantCulture, $"let in by {VisibleText.Of(report.Url)}, TLS {report.Tls}, {report.Cipher}\n");
        }

        foreach ((int depth, PresentedCertificate certificate) in report.Presented.Index())
        {
            string names = certificate.Names.IsEmpty ? "no names" : string.Join(", ", certificate.Names);
            text.Append(depth == 0 ? "The server presented:\n" : "");
            text.Append(CultureInfo.InvariantCulture, $"  {VisibleText.Of(certificate.Subject)} ({VisibleText.Of(names)})\n");
            text.Append(CultureInfo.InvariantCulture, $"    issued by {VisibleText.Of(certificate.Issuer)}, valid {certificate.NotBefore} to {certificate.NotAfter}\n");
        }

        if (report.Answer is { Length: > 0 } answer)
        {
            text.Append('\n');
            foreach (string line in answer.TrimEnd('\n').Split('\n'))
            {
                text.Append(VisibleText.Of(line.TrimEnd('\r'))).Append('\n');
            }
        }

        return text.ToString();
    }
}
