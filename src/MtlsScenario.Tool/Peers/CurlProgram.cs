using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>curl, a client.</summary>
/// <param name="program">The program.</param>
internal sealed class CurlProgram(InstalledProgram program) : IClientPeer
{
    /// <summary>Stands before what curl reports after the answer.</summary>
    private const string Mark = "\n@mtls-scenario ";

    private const int CannotUseOwnCertificate = 58;

    private MlDsaQuestion? _mlDsa;

    /// <inheritdoc/>
    public string Name => "curl";

    /// <inheritdoc/>
    public Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => (_mlDsa ??= new MlDsaQuestion(
        program.Path,
        files => ["-q", "-sS", "--noproxy", "*", "--cert", files.Chain, "--key", files.Key, $"https://127.0.0.1:{HangingUp(cancellationToken)}/"],
        exitCode => exitCode != CannotUseOwnCertificate)).AskAsync(cancellationToken);

    /// <summary>A port where somebody takes one call and hangs up: curl reads its certificate only once it is connected.</summary>
    private static int HangingUp(CancellationToken cancellationToken)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(
            async () =>
            {
                using (listener)
                {
                    (await listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false)).Dispose();
                }
            },
            cancellationToken);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public string? CannotPlay(Trial trial, EndArtifacts own) => this switch
    {
        _ when trial.Connection.At is not null => "curl verifies certificates as of now only",
        _ when own.Anchors.IsEmpty => "curl cannot be told to trust nobody",
        _ => CrlSupport.Missing("curl", own, needsOne: true),
    };

    /// <inheritdoc/>
    public async Task<EndView> CallAsync(Trial trial, EndArtifacts own, int port, CancellationToken cancellationToken)
    {
        using var files = new PeerFiles(own);
        string host = trial.Connection.Host.Contains(':', StringComparison.Ordinal)
            ? $"[{trial.Connection.Host}]"
            : trial.Connection.Host;
        ImmutableArray<string> arguments =
        [
            "-q", "-sS", "--noproxy", "*", "--http1.1", "-H", "Connection: close",

            // Both: curl looks into the machine's folder of anchors even where it is given a file of them.
            "--cacert", files.Anchors!, "--capath", files.EmptyFolder,
            .. files.Crls is { } crls ? (string[])["--crlfile", crls] : [],
            .. trial.Offered == TlsVersion.Tls12 ? (string[])["--tlsv1.2", "--tls-max", "1.2"] : ["--tlsv1.3", "--tls-max", "1.3"],
            .. trial.Connection.PresentsNothing ? (string[])[] : ["--cert", files.Chain, "--key", files.Key],
            "--connect-to", string.Create(CultureInfo.InvariantCulture, $"::127.0.0.1:{port}"),
            "-w", Mark.Replace("\n", "\\n", StringComparison.Ordinal) + "%{ssl_verify_result} %{http_code}\\n%{certs}",
            string.Create(CultureInfo.InvariantCulture, $"https://{host}:{port}/"),
        ];
        await using var process = RunningProcess.Start(new ProcessOrder(program.Path, arguments), cancellationToken);
        int exitCode = await process.EndAsync(cancellationToken).ConfigureAwait(false);
        string output = process.Output;
        int mark = output.LastIndexOf(Mark, StringComparison.Ordinal);
        string[] said = mark < 0 ? [] : output[(mark + Mark.Length)..].Split([' ', '\n'], 3);
        if (said is not [var verifyResult, var status, ..])
        {
            throw process.Failure("did not call");
        }

        var report = new CurlReport(
            exitCode,
            int.Parse(verifyResult, CultureInfo.InvariantCulture),
            int.Parse(status, CultureInfo.InvariantCulture),
            OpenSslErrorQueue.LineWith(process.Errors, "curl: ") ?? "");
        return report.View() with
        {
            Answer = output[..mark],
            PeerCertificate = Pem.TryDecode(Encoding.ASCII.GetBytes(said[^1]), Pem.Certificate, out byte[] der) ? der : null,
        };
    }
}
