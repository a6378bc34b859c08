using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Stores;

namespace MtlsScenario.Tool.Peers;

/// <summary>Java's JSSE.</summary>
/// <param name="program">The program.</param>
/// <param name="lifetime">Ends it.</param>
internal sealed partial class JavaProgram(InstalledProgram program, CancellationToken lifetime) : ResidentProgram(lifetime)
{
    private const string Source = "JavaPeer.java";
    private const int FirstWithSourceLauncher = 11;
    private const int FirstWithEd25519 = 17;

    private readonly int _version = int.TryParse(Major().Match(program.Version).Value, out int version) ? version : 0;

    /// <inheritdoc/>
    public override string Name => "java";

    /// <inheritdoc/>
    public override string? CannotPlay(Trial trial, EndArtifacts own) => this switch
    {
        { _version: < FirstWithSourceLauncher } => $"java {_version} runs no program from its source; 11 is the first that does",
        { _version: < FirstWithEd25519 } when trial.Client.Certificate.Certificate.Key == KeyAlgorithm.Ed25519 || trial.Server.Certificate.Certificate.Key == KeyAlgorithm.Ed25519 =>
            $"java {_version} knows no Ed25519 in TLS; 17 does",
        _ => CrlSupport.WithoutAny("java", own),
    };

    /// <inheritdoc/>
    protected override Task<ProcessOrder> BuildAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        string source = folder.Write(Source, Resource.Text(Source) + JavaAdmission.Class);
        return Task.FromResult(new ProcessOrder(program.Path, ["-XX:TieredStopAtLevel=1", "-Xshare:auto", source]));
    }

    /// <summary>Java reads keys and certificates from PKCS#12, as <c>formats</c> makes it.</summary>
    protected override PeerOrder WithFiles(PeerOrder order, Trial trial, PeerFiles files, EndArtifacts own)
    {
        using var password = Password.WellKnown();
        return order with
        {
            KeyStore = order.Chain is null
                ? null
                : files.Write("own.p12", Pkcs12Writer.Identity("own", own.Key.Span, own.Chain, password, IdentityDraws.Draw(default))),
            TrustStore = own.Anchors.IsEmpty
                ? null
                : files.Write("trust.p12", Pkcs12Writer.TrustStore(own.Anchors.Select((anchor, index) => ($"anchor{index}", anchor)), password)),
        };
    }

    /// <summary>The reasons of <c>CertPathValidatorException</c>, and what JSSE and its checker of host names say in words alone.</summary>
    protected override EndRejection? OwnRejection(string code, string words) => code switch
    {
        "" => OfHandshake(words) is { } reason ? new EndRejection(reason, words) : null,
        "EXPIRED" => new EndRejection(RejectionReason.Expired, words),
        "NOT_YET_VALID" => new EndRejection(RejectionReason.NotYetValid, words),
        "INVALID_SIGNATURE" => new EndRejection(RejectionReason.BadSignature, words),
        "NO_TRUST_ANCHOR" or "NAME_CHAINING" => new EndRejection(RejectionReason.UnknownIssuer, words),
        "NOT_CA_CERT" or "INVALID_KEY_USAGE" => new EndRejection(RejectionReason.NotACa, words),
        "PATH_TOO_LONG" => new EndRejection(RejectionReason.PathLength, words),
        "INVALID_NAME" => new EndRejection(RejectionReason.NameConstraints, words),
        "REVOKED" => new EndRejection(RejectionReason.Revoked, words),
        "UNDETERMINED_REVOCATION_STATUS" => new EndRejection(RejectionReason.RevocationUnknown, words),
        "UNRECOGNIZED_CRIT_EXT" => new EndRejection(RejectionReason.UnknownCriticalExtension, words),
        "ALGORITHM_CONSTRAINED" => new EndRejection(
            words.Contains("keysize", StringComparison.OrdinalIgnoreCase) ? RejectionReason.WeakKey : RejectionReason.WeakSignature, words),
        _ when words.Contains("No subject alternative", StringComparison.Ordinal) || words.Contains("No name matching", StringComparison.Ordinal) =>
            new EndRejection(RejectionReason.NameMismatch, words),
        _ when words.Contains("ey usage does not", StringComparison.Ordinal) || words.Contains("KeyUsage does not", StringComparison.Ordinal) =>
            new EndRejection(RejectionReason.WrongPurpose, words),
        _ when words.Contains("trustAnchors parameter must be non-empty", StringComparison.Ordinal) =>
            new EndRejection(RejectionReason.UnknownIssuer, words),

        // Of the rest Java does not say why: the certificates decide.
        _ => new EndRejection(null, words) { Among = s_unsaid },
    };

    private static readonly ImmutableArray<RejectionReason> s_unsaid =
    [
        RejectionReason.NameConstraints, RejectionReason.UnknownCriticalExtension, RejectionReason.NotACa, RejectionReason.PathLength,
        RejectionReason.BadSignature, RejectionReason.UnknownIssuer, RejectionReason.WeakSignature,
    ];

    /// <summary>As in <c>Received fatal alert: certificate_unknown</c>.</summary>
    protected override string AlertIn(string words) => words.Replace("alert: ", "alert ", StringComparison.Ordinal).Replace('_', ' ');

    private static RejectionReason? OfHandshake(string words) => words switch
    {
        _ when words.Contains("Received fatal alert", StringComparison.Ordinal) => null,
        _ when words.Contains("Empty client certificate chain", StringComparison.Ordinal) => RejectionReason.NoCertificate,
        _ when words.Contains("not accepted by server preferences", StringComparison.Ordinal)
            || words.Contains("not accepted by client preferences", StringComparison.Ordinal)
            || words.Contains("is not enabled or supported in server context", StringComparison.Ordinal) => RejectionReason.TlsVersion,
        _ => null,
    };

    [GeneratedRegex(@"(?<=version ""(1\.)?)\d+")]
    private static partial Regex Major();
}
