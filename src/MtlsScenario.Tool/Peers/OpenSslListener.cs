using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>An <c>openssl s_server</c> for one connection, after which it is there for the next to the same end.</summary>
/// <param name="server">The server, which is this one's for as long.</param>
/// <param name="end">What it plays.</param>
/// <param name="idle">Where it goes then.</param>
internal sealed class OpenSslListener(OpenSslProcess server, OpenSslEnd end, IdleServers<OpenSslEnd, OpenSslProcess> idle) : IListeningPeer
{
    private bool _isReusable;

    /// <inheritdoc/>
    public int Port => server.Port;

    /// <inheritdoc/>
    public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken)
    {
        _isReusable = await server.FinishAsync(cancellationToken).ConfigureAwait(false);
        EndRejection? rejects = VerifyError.FindPrinted(server.Errors) is var (reason, words)
            ? new EndRejection(reason, words)
            : OpenSslErrorQueue.OwnRejection(server.Errors);
        EndRejection? told = rejects is null ? OpenSslErrorQueue.Told(server.Errors) : null;

        // It does not say whether a request came. The page that a client received says that, and whom the server saw.
        byte[]? seen = SeenCertificate(caller.Answer);
        bool isComplete = rejects is null && told is null && caller.IsComplete && seen is not null;
        return new EndView
        {
            IsComplete = isComplete,
            Rejects = rejects,
            Told = told,
            PeerCertificate = isComplete ? seen : null,
            StackMessage = server.Errors.Trim().Split('\n')[^1],
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _isReusable ? idle.GiveBackAsync(end, server) : server.DisposeAsync();

    /// <summary>The page with which <c>-www</c> answers shows the certificate that the server saw.</summary>
    private static byte[]? SeenCertificate(string answer)
    {
        int position = answer.IndexOf("Client certificate", StringComparison.Ordinal);
        return position >= 0 && Pem.TryDecode(Encoding.UTF8.GetBytes(answer[position..]), Pem.Certificate, out byte[] der) ? der : null;
    }
}
