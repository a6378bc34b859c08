using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>Answers each request with who called, or 403 where the caller is not admitted.</summary>
/// <param name="server">The party that is called.</param>
/// <param name="end">What it has in hand: whom it lets in.</param>
/// <param name="log">Is told of each call.</param>
internal sealed class CallerAnswer(string server, LiveEnd end, ServeLog log)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeHeaderValue s_text = new("text/plain");

    /// <summary>Answers a request on a connection whose caller is verified.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        PeerNames names = PeerNames.Of(http.Connection.ClientCertificate!);
        ITlsHandshakeFeature tls = http.Features.GetRequiredFeature<ITlsHandshakeFeature>();
        CallerReport report = CallerReport.Of(
            server, http.Connection.ClientCertificate!, names, (tls.Protocol, tls.NegotiatedCipherSuite));
        if (!end.Take().Admission.Admits(names))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            report = report with { Rejected = RejectionReasonNames.NameOf(RejectionReason.NotAdmitted) };
            log.Rejected(AddressOf(http), report.Subject, RejectionReason.NotAdmitted, "HTTP 403");
        }
        else
        {
            log.Called(report, $"{http.Request.Method} {http.Request.Path}", http.Response.StatusCode);
        }

        bool wantsJson = WantsJson(http.Request);
        http.Response.ContentType = wantsJson ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
        http.Response.Headers.Vary = HeaderNames.Accept;
        string text = wantsJson ? JsonText.Of(report, CallerReportContext.Default.CallerReport) : report.Text();
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>The caller's address and port.</summary>
    private static string AddressOf(HttpContext http) => $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";

    /// <summary>Whether JSON is accepted, and no less than text (RFC 9110 section 12.5.1).</summary>
    private static bool WantsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && Quality(accepted, s_json, isNamed: true) is var json and > 0
        && json >= Quality(accepted, s_text, isNamed: false);

    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type, bool isNamed) => accepted
        .Where(range => isNamed ? range.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase) : type.IsSubsetOf(range))
        .Select(range => range.Quality ?? 1)
        .DefaultIfEmpty(0)
        .Max();
}
