using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>An nginx for one connection, after which it is there for the next to the same end.</summary>
/// <param name="server">The server, which is this one's for as long.</param>
/// <param name="end">What it plays.</param>
/// <param name="idle">Where it goes then.</param>
internal sealed class NginxListener(NginxProcess server, NginxEnd end, IdleServers<NginxEnd, NginxProcess> idle) : IListeningPeer
{
    private bool _isReusable;

    /// <inheritdoc/>
    public int Port => server.Port;

    /// <inheritdoc/>
    public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken)
    {
        await server.FinishAsync(cancellationToken).ConfigureAwait(false);
        _isReusable = true;
        string errors = server.Errors;
        NginxReport? request = server.Request;
        EndRejection? rejects = Rejection(request, errors);
        return new EndView
        {
            IsComplete = rejects is null && request is { Status: "200", Verify: "SUCCESS" },
            Rejects = rejects,
            Told = rejects is null ? OpenSslErrorQueue.Told(errors) : null,
            PeerCertificate = request is not null
                && Pem.TryDecode(Encoding.ASCII.GetBytes(request.Certificate), Pem.Certificate, out byte[] der) ? der : null,
            Version = request?.Version switch { "TLSv1.2" => TlsVersion.Tls12, "TLSv1.3" => TlsVersion.Tls13, _ => null },
            StackMessage = errors.Trim().Split('\n')[^1],
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _isReusable ? idle.GiveBackAsync(end, server) : server.DisposeAsync();

    private static EndRejection? Rejection(NginxReport? request, string errors) => request switch
    {
        { Status: "400" } when VerifyError.FindLogged(errors) is var (reason, words) => new EndRejection(reason, $"{words}, HTTP status 400"),
        { Status: "400", Verify: "NONE" } => new EndRejection(
            RejectionReason.NoCertificate, "No required SSL certificate was sent, HTTP status 400"),
        { Status: "403", Verify: "SUCCESS" } => new EndRejection(RejectionReason.NotAdmitted, "HTTP status 403"),
        { Status: not "200", Verify: not ("SUCCESS" or "NONE") } => new EndRejection(null, $"HTTP status {request.Status}, {request.Verify}"),
        _ => OpenSslErrorQueue.OwnRejection(errors),
    };
}
