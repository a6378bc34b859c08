using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Handshakes;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>An <c>openssl s_server -www -naccept 1</c>, which ends after one connection.</summary>
/// <param name="process">The program, which this owns.</param>
/// <param name="files">Its files, which this owns.</param>
internal sealed partial class OpenSslListener(RunningProcess process, PeerFiles files) : IListeningPeer
{
    /// <inheritdoc/>
    public int Port { get; private set; }

    /// <summary>Waits until it listens.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => Port = int.Parse(
        await process.LineAsync(line => Listens().Match(line) is { Success: true } match ? match.Groups[1].Value : null, cancellationToken)
            .ConfigureAwait(false),
        CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken)
    {
        await process.EndAsync(cancellationToken).ConfigureAwait(false);
        EndRejection? rejects = VerifyError.FindPrinted(process.Errors) is var (reason, words)
            ? new EndRejection(reason, words)
            : OpenSslErrorQueue.OwnRejection(process.Errors);
        EndRejection? told = rejects is null ? OpenSslErrorQueue.Told(process.Errors) : null;

        // It does not say whether a request came. The page that a client received says that.
        bool isComplete = rejects is null && told is null && caller.IsComplete
            && process.Output.Contains("1 server accepts that finished", StringComparison.Ordinal);
        return new EndView
        {
            IsComplete = isComplete,
            Rejects = rejects,
            Told = told,
            PeerCertificate = isComplete ? SeenCertificate(caller.Answer) : null,
            StackMessage = process.Errors.Trim().Split('\n')[^1],
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync().ConfigureAwait(false);
        files.Dispose();
    }

    /// <summary>The page with which <c>-www</c> answers shows the certificate that the server saw.</summary>
    private static byte[]? SeenCertificate(string answer)
    {
        int position = answer.IndexOf("Client certificate", StringComparison.Ordinal);
        return position >= 0 && Pem.TryDecode(Encoding.UTF8.GetBytes(answer[position..]), Pem.Certificate, out byte[] der) ? der : null;
    }

    [GeneratedRegex(@"^ACCEPT .*:(\d+)$")]
    private static partial Regex Listens();
}
