using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Binding;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>openssl's <c>s_server</c> and <c>s_client</c>.</summary>
/// <param name="program">The program.</param>
/// <param name="lifetime">Ends the servers that it has started, beside disposing of this.</param>
internal sealed class OpenSslProgram(InstalledProgram program, CancellationToken lifetime) : IClientPeer, IServerPeer, IAsyncDisposable
{
    private readonly IdleServers<OpenSslEnd, OpenSslProcess> _idle = new();
    private readonly MlDsaQuestion _mlDsa = new(program.Path, _ => ["genpkey", "-algorithm", "ML-DSA-44", "-out", "/dev/null"]);

    /// <inheritdoc/>
    public string Name => "openssl";

    /// <summary>No anchors of the machine; <c>-no-CAstore</c> came with OpenSSL 3.</summary>
    private ImmutableArray<string> OwnAnchorsOnly => program.Version.StartsWith("OpenSSL 1.", StringComparison.Ordinal)
        ? ["-no-CAfile", "-no-CApath"]
        : ["-no-CAfile", "-no-CApath", "-no-CAstore"];

    /// <inheritdoc cref="IClientPeer.HasMlDsaAsync"/>
    public Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => _mlDsa.AskAsync(cancellationToken);

    /// <inheritdoc/>
    string? IClientPeer.CannotPlay(Trial trial, EndArtifacts own) => CrlSupport.Missing("openssl", own);

    /// <inheritdoc/>
    string? IServerPeer.CannotPlay(Trial trial, EndArtifacts own) => trial.Server.Certificate.Admits is null
        ? CrlSupport.Missing("openssl", own)
        : "openssl's s_server knows no list of callers that it admits";

    /// <inheritdoc/>
    public async Task<EndView> CallAsync(Trial trial, EndArtifacts own, int port, CancellationToken cancellationToken)
    {
        using var files = new PeerFiles(own);
        string host = trial.Connection.Host;
        bool isAddress = HostSyntax.Address(host) is not null;
        ImmutableArray<string> arguments =
        [
            "s_client", "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-ign_eof",
            trial.Offered == TlsVersion.Tls12 ? "-tls1_2" : "-tls1_3",
            .. isAddress ? (string[])["-noservername", "-verify_ip", host] : ["-servername", host, "-verify_hostname", host],
            .. trial.Connection.PresentsNothing ? [] : Identity(files),
            .. Verification(files, trial, "sslserver", own.Crls is not null),
        ];
        var order = new ProcessOrder(program.Path, arguments, ExchangeText.Request(host));
        await using var process = RunningProcess.Start(order, cancellationToken);
        await process.EndAsync(cancellationToken).ConfigureAwait(false);
        string answer = process.Output;
        if (!answer.Contains("CONNECTED(", StringComparison.Ordinal))
        {
            throw process.Failure("did not call");
        }

        int head = AnswerAt(answer);
        EndView exchanged = head < 0 ? new EndView() : ExchangeText.View(answer[head..]);
        EndRejection? told = OpenSslErrorQueue.Told(process.Errors) ?? exchanged.Told;
        EndRejection? rejects = VerifyError.FindPrinted(process.Errors) is var (reason, words)
            ? new EndRejection(reason, words)
            : OpenSslErrorQueue.OwnRejection(process.Errors);
        return exchanged with
        {
            IsComplete = exchanged.IsComplete && told is null && rejects is null,
            Rejects = rejects,
            Told = told,
            PeerCertificate = head < 0 ? null : FirstCertificate(answer[..head]),
            Group = GroupIn(answer),
            StackMessage = LastLine(process.Errors) is { Length: > 0 } line ? line : exchanged.StackMessage,
        };
    }

    /// <inheritdoc/>
    public async Task<IListeningPeer> ListenAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken)
    {
        var end = new OpenSslEnd(own, trial.Server.Certificate.MinimumTls, trial.Connection.At);
        return new OpenSslListener(_idle.Take(end) ?? await StartAsync(trial, own, cancellationToken).ConfigureAwait(false), end, _idle);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _idle.DisposeAsync();

    private async Task<OpenSslProcess> StartAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken)
    {
        var server = new OpenSslProcess(new PeerFiles(own));
        try
        {
            ImmutableArray<string> arguments =
            [
                // Without a session to take up, each handshake is a full one.
                "s_server", "-accept", "127.0.0.1:0", "-www", "-no_cache", "-num_tickets", "0", "-no_ticket",
                .. trial.Server.Certificate.MinimumTls == TlsVersion.Tls13 ? (string[])["-tls1_3"] : ["-no_ssl3", "-no_tls1", "-no_tls1_1"],
                .. Identity(server.Files), "-Verify", "16",
                .. Verification(server.Files, trial, "sslclient", own.Crls is not null),
            ];
            await server.StartAsync(new ProcessOrder(program.Path, arguments) { StartsNone = program.IsBinary() }, lifetime, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static IEnumerable<string> Identity(PeerFiles files) => files.Intermediates is { } intermediates
        ? ["-cert", files.Leaf, "-key", files.Key, "-cert_chain", intermediates]
        : ["-cert", files.Leaf, "-key", files.Key];

    /// <summary>
    /// The anchors stand in the store that verifies and in no other: from <c>-CAfile</c> openssl would also complete the
    /// chain that it presents.
    /// </summary>
    private IEnumerable<string> Verification(PeerFiles files, Trial trial, string purpose, bool isChecking) =>
    [
        .. OwnAnchorsOnly,
        .. files.AnchorsAndCrls is { } anchors ? (string[])["-verifyCAfile", anchors] : [],
        .. isChecking ? (string[])["-crl_check_all"] : [],
        "-partial_chain", "-verify_return_error", "-purpose", purpose,
        .. trial.Connection.At is { } at
            ? (string[])["-attime", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)]
            : [],
    ];

    /// <summary>
    /// Where the answer begins; -1 for none. What s_client says of a session ticket it writes late, in blocks that may end in
    /// the middle of a line, so the answer need not begin one; what it says of the certificates is out by then.
    /// </summary>
    private static int AnswerAt(string output)
    {
        int handshake = output.IndexOf("SSL handshake has read", StringComparison.Ordinal);
        return handshake < 0 ? -1 : output.IndexOf("HTTP/1.", handshake, StringComparison.Ordinal);
    }

    private static byte[]? FirstCertificate(string text) =>
        Pem.TryDecode(System.Text.Encoding.ASCII.GetBytes(text), Pem.Certificate, out byte[] der) ? der : null;

    /// <summary>The group that OpenSSL names from 3.5 on.</summary>
    private static string? GroupIn(string text)
    {
        const string said = "Negotiated TLS1.3 group: ";
        int start = text.IndexOf(said, StringComparison.Ordinal);
        string name = start < 0 ? "" : new string([.. text.Skip(start + said.Length).TakeWhile(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')]);
        return name.Length > 0 ? name : null;
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];
}
