using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>Go's <c>crypto/tls</c>.</summary>
/// <param name="program">The program.</param>
/// <param name="lifetime">Ends it.</param>
internal sealed partial class GoProgram(InstalledProgram program, CancellationToken lifetime) : ResidentProgram(lifetime), IClientPeer
{
    private const string Script = "go-peer.go";

    /// <inheritdoc/>
    public override string Name => "go";

    /// <inheritdoc/>
    public override string? CannotPlay(Trial trial, EndArtifacts own) => CrlSupport.WithoutAny("go", own);

    /// <inheritdoc/>
    string? IClientPeer.CannotPlay(Trial trial, EndArtifacts own) =>
        trial.Server.Certificate.Certificate.Names.Any(name => name.Kind is GeneralNameKind.Dns or GeneralNameKind.IpAddress)
            ? CannotPlay(trial, own)
            : $"go finds no server by its CN, and {trial.Server} has no names";

    /// <summary>In a module of its own, which asks for the version that is there: an older one would mean older rules.</summary>
    protected override async Task<ProcessOrder> BuildAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        folder.Write("go.mod", $"module peer\n\ngo {Version().Match(program.Version).Value}\n");
        folder.Write("peer.go", Resource.Text(Script));
        folder.Write("admission.go", GoAdmission.File);
        folder.Write("revocation.go", $"package main\n\n{GoAdmission.Import(GoRevocation.Imports)}\n{GoRevocation.Functions}");
        string built = Path.Combine(folder.Folder, OperatingSystem.IsWindows() ? "peer.exe" : "peer");

        // From 1.24 on Go keeps what it linked to run it, whatever the folder was called; so it is run as what is to be copied.
        string[] link = ["-C", folder.Folder, "-trimpath", "-ldflags", "-s -w"];
        ImmutableArray<string> arguments = OperatingSystem.IsWindows()
            ? ["build", .. link, "-o", built, "."]
            : ["run", .. link, "-exec", "cp", ".", built];
        await using var build = RunningProcess.Start(new ProcessOrder(program.Path, arguments), cancellationToken);
        return await build.EndAsync(cancellationToken).ConfigureAwait(false) == 0
            ? new ProcessOrder(built, [])
            : throw build.Failure("cannot build its peer");
    }

    /// <inheritdoc/>
    protected override EndRejection? OwnRejection(string code, string words) => code switch
    {
        "" => null,

        // What signed with another key, and who may not sign, is to Go no issuer either.
        "UnknownAuthority" => new EndRejection(null, words) { Among = [RejectionReason.UnknownIssuer, RejectionReason.BadSignature, RejectionReason.NotACa] },
        _ => new EndRejection(ReasonOf(code, words), words),
    };

    private static RejectionReason? ReasonOf(string code, string words) => code switch
    {
        "Expired" => words.Contains(" is before ", StringComparison.Ordinal) ? RejectionReason.NotYetValid : RejectionReason.Expired,
        "NotAuthorizedToSign" => RejectionReason.NotACa,
        "TooManyIntermediates" => RejectionReason.PathLength,
        "IncompatibleUsage" or "CANotAuthorizedForExtKeyUsage" => RejectionReason.WrongPurpose,
        "CANotAuthorizedForThisName" or "NameConstraintsWithoutSANs" or "UnconstrainedName" or "TooManyConstraints" => RejectionReason.NameConstraints,
        "NameMismatch" => RejectionReason.UnknownIssuer,
        "Hostname" => RejectionReason.NameMismatch,
        "UnhandledCriticalExtension" => RejectionReason.UnknownCriticalExtension,
        "InsecureAlgorithm" => RejectionReason.WeakSignature,
        "Revoked" => RejectionReason.Revoked,
        "RevocationUnknown" => RejectionReason.RevocationUnknown,
        "NoCertificate" => RejectionReason.NoCertificate,
        "Version" => RejectionReason.TlsVersion,
        _ => null,
    };

    [GeneratedRegex(@"(?<=go)\d+\.\d+")]
    private static partial Regex Version();
}
