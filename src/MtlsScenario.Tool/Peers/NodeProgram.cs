using System.Text.Json;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>Node's <c>https</c>, by a script that this tool brings along.</summary>
/// <param name="program">The program.</param>
internal sealed class NodeProgram(InstalledProgram program) : IClientPeer, IServerPeer
{
    private const string Script = "node-peer.cjs";

    /// <summary>The first of Node 20 with <c>allowPartialTrustChain</c>.</summary>
    private static readonly Version s_partialChains = new(20, 18);

    private const string LoadsIdentity = """
        const fs = require('fs');
        require('tls').createSecureContext({ cert: fs.readFileSync(process.argv[1]), key: fs.readFileSync(process.argv[2]) });
        """;

    private readonly MlDsaQuestion _mlDsa = new(program.Path, files => ["-e", LoadsIdentity, files.Chain, files.Key]);

    /// <inheritdoc cref="IClientPeer.Name"/>
    public string Name => "node";

    /// <inheritdoc cref="IClientPeer.HasMlDsaAsync"/>
    public Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => _mlDsa.AskAsync(cancellationToken);

    /// <inheritdoc cref="IClientPeer.CannotPlay"/>
    public string? CannotPlay(Trial trial, EndArtifacts own)
    {
        if (trial.Connection.At is not null)
        {
            return "node verifies certificates as of now only";
        }

        bool takesIntermediates = !Version.TryParse(program.Version.TrimStart('v'), out Version? version) || version >= s_partialChains;
        return takesIntermediates || own.Anchors.All(TrustAnchors.IsSelfIssued)
            ? CrlSupport.Missing("node", own, needsOne: true)
            : $"node {program.Version} takes only roots for trust anchors";
    }

    /// <inheritdoc/>
    public async Task<EndView> CallAsync(Trial trial, EndArtifacts own, int port, CancellationToken cancellationToken)
    {
        using var files = new PeerFiles(own);
        await using var process = RunningProcess.Start(Order(files, PeerOrder.Client(trial, files, port), ""), cancellationToken);
        PeerReport report = await ReportAsync(process, cancellationToken).ConfigureAwait(false);
        return View(report, Side.Client);
    }

    /// <inheritdoc/>
    public async Task<IListeningPeer> ListenAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken)
    {
        var files = new PeerFiles(own);
        string admission = trial.Server.Certificate.Admits is { } admits ? NodeAdmission.Of(trial.Server.Party, admits) : "";
        var process = RunningProcess.Start(Order(files, PeerOrder.Server(trial, files), admission), cancellationToken);
        try
        {
            PeerReport ready = await ReportAsync(process, cancellationToken).ConfigureAwait(false);
            return new NodeListener(process, files, ready.Port ?? throw process.Failure("does not listen"));
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            files.Dispose();
            throw;
        }
    }

    /// <summary>The next line of the script.</summary>
    public static Task<PeerReport> ReportAsync(RunningProcess process, CancellationToken cancellationToken) =>
        process.LineAsync(
            line => line.StartsWith('{') ? PeerReport.Read(line) : null, cancellationToken);

    /// <summary>What a report comes to.</summary>
    /// <param name="report">What the script says of the connection.</param>
    /// <param name="side">Which end it played.</param>
    public static EndView View(PeerReport report, Side side)
    {
        if (report.Exchanged(side) is { } exchanged)
        {
            return exchanged;
        }

        string words = $"{report.Message} {report.Code}".Trim();
        EndRejection? rejects = OwnRejection(report.AuthorizationError ?? report.Code ?? "", side == Side.Client ? words : report.AuthorizationError ?? words);
        return new EndView
        {
            Rejects = rejects,
            Told = rejects is null ? OpenSslErrorQueue.Told(words) : null,
            StackMessage = words,
        };
    }

    private static EndRejection? OwnRejection(string code, string words) => code switch
    {
        "ERR_TLS_CERT_ALTNAME_INVALID" => new EndRejection(RejectionReason.NameMismatch, words),
        "UNSPECIFIED" => OfPath(code, words),
        _ when VerifyError.ReasonOf(code) is not null => OfPath(code, words),
        _ => OpenSslErrorQueue.OwnRejection(words),
    };

    /// <summary>Node has names for the older ones of OpenSSL's codes; the newer ones share one.</summary>
    private static EndRejection OfPath(string code, string words) => code switch
    {
        "UNSPECIFIED" => new EndRejection(null, words)
        {
            Among =
            [
                RejectionReason.NameConstraints, RejectionReason.UnknownCriticalExtension,
                RejectionReason.WeakSignature, RejectionReason.NotACa, RejectionReason.RevocationUnknown,
            ],
        },
        _ => new EndRejection(VerifyError.ReasonOf(code), words),
    };

    private ProcessOrder Order(PeerFiles files, PeerOrder options, string admission)
    {
        string script = files.Write(Script, Resource.Text(Script) + admission);
        string settings = files.Write("options.json", JsonSerializer.Serialize(options, PeerJson.Default.PeerOrder));
        return new ProcessOrder(program.Path, [script, options.Role!, settings]);
    }
}
