using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>Node's <c>https</c>.</summary>
/// <param name="program">The program.</param>
/// <param name="lifetime">Ends it.</param>
internal sealed class NodeProgram(InstalledProgram program, CancellationToken lifetime) : ResidentProgram(lifetime), IClientPeer, IServerPeer
{
    private const string Script = "node-peer.cjs";

    /// <summary>The first of Node 20 with <c>allowPartialTrustChain</c>.</summary>
    private static readonly Version s_partialChains = new(20, 18);

    private const string LoadsIdentity = """
        const fs = require('fs');
        require('tls').createSecureContext({ cert: fs.readFileSync(process.argv[1]), key: fs.readFileSync(process.argv[2]) });
        """;

    private readonly MlDsaQuestion _mlDsa = new(program.Path, files => ["-e", LoadsIdentity, files.Chain, files.Key]);

    /// <inheritdoc/>
    public override string Name => "node";

    /// <inheritdoc cref="IClientPeer.HasMlDsaAsync"/>
    public Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => _mlDsa.AskAsync(cancellationToken);

    /// <inheritdoc/>
    public override string? CannotPlay(Trial trial, EndArtifacts own)
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
    protected override Task<ProcessOrder> BuildAsync(TemporaryFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(new ProcessOrder(program.Path, [folder.Write(Script, Resource.Text(Script))]));

    /// <summary>Whom a server admits is told by a module.</summary>
    protected override PeerOrder WithFiles(PeerOrder order, Trial trial, PeerFiles files, EndArtifacts own) =>
        order.Admits is not null && trial.Server.Certificate.Admits is { } admits
            ? order with { Admission = files.Write("admission.cjs", NodeAdmission.Of(trial.Server.Party, admits) + "module.exports = isAdmitted;\n") }
            : order;

    /// <inheritdoc/>
    protected override EndRejection? OwnRejection(string code, string words) => code switch
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
}
