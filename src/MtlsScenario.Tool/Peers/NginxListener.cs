using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>A running nginx.</summary>
/// <param name="program">The program.</param>
/// <param name="files">Its files, which this owns.</param>
/// <param name="port">Where it is to listen.</param>
internal sealed class NginxListener(InstalledProgram program, PeerFiles files, int port) : IListeningPeer
{
    /// <summary>The name of the log of requests.</summary>
    public const string AccessLog = "access.log";

    private RunningProcess? _process;
    private string _configuration = "";

    /// <inheritdoc/>
    public int Port => port;

    /// <summary>Its files.</summary>
    public PeerFiles Files => files;

    /// <summary>Whether it did not start because another has the port.</summary>
    public bool IsPortTaken => _process?.Errors.Contains("bind() to", StringComparison.Ordinal) ?? false;

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync(Func<int, string> configuration, CancellationToken cancellationToken)
    {
        _configuration = files.Write("nginx.conf", configuration(port));
        _process = RunningProcess.Start(Order(), cancellationToken);
        string line = await _process.LineAsync(
            line => line.Contains("start worker process ", StringComparison.Ordinal)
                || line.Contains("bind() to", StringComparison.Ordinal) ? line : null,
            cancellationToken).ConfigureAwait(false);
        if (line.Contains("bind() to", StringComparison.Ordinal))
        {
            throw _process.Failure("cannot listen");
        }
    }

    /// <inheritdoc/>
    public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken)
    {
        // Its logs are whole when it has ended in its own time.
        if (OperatingSystem.IsWindows())
        {
            await using var quit = RunningProcess.Start(Order("-s", "quit"), cancellationToken);
            await quit.EndAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _process!.Quit();
        }

        await _process!.EndAsync(cancellationToken).ConfigureAwait(false);
        string errors = _process.Errors;
        string[] requests = await File.ReadAllLinesAsync(Path.Combine(files.Folder, AccessLog), cancellationToken).ConfigureAwait(false);
        NginxReport? request = requests is [var line, ..] ? NginxReport.Read(line) : null;
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
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        files.Dispose();
    }

    private static EndRejection? Rejection(NginxReport? request, string errors) => request switch
    {
        { Status: "400" } when VerifyError.FindLogged(errors) is var (reason, words) => new EndRejection(reason, $"{words}, HTTP status 400"),
        { Status: "400", Verify: "NONE" } => new EndRejection(
            RejectionReason.NoCertificate, "No required SSL certificate was sent, HTTP status 400"),
        { Status: "403", Verify: "SUCCESS" } => new EndRejection(RejectionReason.NotAdmitted, "HTTP status 403"),
        { Status: not "200", Verify: not ("SUCCESS" or "NONE") } => new EndRejection(null, $"HTTP status {request.Status}, {request.Verify}"),
        _ => OpenSslErrorQueue.OwnRejection(errors),
    };

    private ProcessOrder Order(params string[] more) => new(
        program.Path, ["-p", files.Folder, "-e", "stderr", "-c", _configuration, .. more]);
}
