using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Binding;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Configs;

/// <summary>Takes from a scenario what one party needs to call or to be called. It reads no file.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="folder">
/// What goes before the files' names: the folder of the certificates as the reader of the configuration sees it; empty where it is
/// the current one.
/// </param>
internal sealed class EndSettings(Scenario scenario, string folder)
{
    private readonly Plan _plan = Planner.For(scenario);
    private readonly FileNames _names = FileNames.Of(scenario);

    /// <summary>The party as a server, or null where it has no certificate for that.</summary>
    public ServerSettings? Server(PartyReference party) => party.Party.Called is not { } certificate
        ? null
        : new ServerSettings
        {
            Scenario = scenario.Name,
            Party = party.ToString(),
            Files = FilesOf(party, certificate),
            Certification = CertificationPath.Of(scenario, _plan[FileNames.Stem(party.Party, certificate.Role)].Member(party.Number).Stem, certificate, party.Number),
            Listen = certificate.Listen,
            MinimumTls = certificate.MinimumTls,
            Admits = certificate.Admits,
            Connected = CallersOf(caller => scenario.Connections.Any(connection =>
                connection.Expect == Outcome.Accepted && !connection.PresentsNothing && party.IsAt(connection.To) && connection.From.Party == caller.Name)),
            Known = CallersOf(_ => true),
        };

    /// <summary>The party as a client, or null where it has no certificate for that.</summary>
    public ClientSettings? Client(PartyReference party, CallTarget target) => party.Party.Calling is not { } certificate
        ? null
        : new ClientSettings
        {
            Scenario = scenario.Name,
            Party = party.ToString(),
            Files = FilesOf(party, certificate),
            Certification = CertificationPath.Of(scenario, _plan[FileNames.Stem(party.Party, certificate.Role)].Member(party.Number).Stem, certificate, party.Number),
            Target = target,
            Self = CallerOf(party.Party, party.Number),
        };

    private IEnumerable<KnownCaller> CallersOf(Func<Party, bool> isMeant) =>
        from caller in scenario.Parties
        where isMeant(caller)
        from number in caller.Replicas is { } count ? Enumerable.Range(1, count).Select(number => (int?)number) : [null]
        let known = CallerOf(caller, number)
        where known is not null
        select known;

    /// <summary>The party as one who calls, its certificate as it is planned; null where it has none, or its subject is not said.</summary>
    private KnownCaller? CallerOf(Party party, int? number)
    {
        if (party.Calling?.Certificate is not { } certificate)
        {
            return null;
        }

        DistinguishedName subject = number is { } replica ? certificate.Subject.ForReplica(replica.ToString(CultureInfo.InvariantCulture)) : certificate.Subject;
        DistinguishedName? issuer = certificate.Issuer is { } name ? scenario.Authority(name).Certificate?.Subject : null;
        return new KnownCaller(new PartyReference(party, number).FileStem, subject, issuer);
    }

    private EndFiles FilesOf(PartyReference party, PartyCertificate certificate)
    {
        PlannedMember member = _plan[FileNames.Stem(party.Party, certificate.Role)].Member(party.Number);
        PlannedCertificate planned = member.Planned;
        bool presentsChain = certificate.Presents == Presentation.Chain && member.ChainFile is not null;
        return new EndFiles
        {
            Key = Below(member.KeyFile),
            Certificate = Below(member.CertificateFile),
            Presented = Below(presentsChain ? member.ChainFile! : member.CertificateFile),
            Intermediates = presentsChain
                ? [.. planned.Intermediates.Select(stem => Below(member.At(_names.Path(planned.Holder, stem, ArtifactKind.Certificate))))]
                : [],
            Anchors = member.AnchorsFile is { } anchors ? Below(anchors) : null,
            ChecksRevocation = planned.ChecksRevocation,
            Crls = planned is { ChecksRevocation: true, Files.Crl: { } crls } ? Below(member.At(crls)) : null,
            CrlIssuersBeyondDotNet = [.. planned.CrlIssuers.Where(stem => _plan[stem].Key is not (null or KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072
                or KeyAlgorithm.Rsa4096 or KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521))],
            IntermediateAnchors = [.. certificate.Trusts.Where(MayBeIntermediate)],
            Formats = certificate.Formats
                .SelectMany(format => planned.Formats.Where(written => FileNames.FilesOf(format.Kind).Contains(written.Kind)).Take(1), (format, written) => (format.Kind, written.FormatFile))
                .ToImmutableDictionary(format => Vocabulary.Formats.Of(format.Kind), format => Below(member.At(format.FormatFile)), StringComparer.Ordinal),
            KeyPassword = certificate.Password,
            TrustPassword = certificate.Formats.FirstOrDefault(format => format.Kind == FormatKind.TrustStore)?.Password,
        };
    }

    private bool MayBeIntermediate(string name)
    {
        Authority authority = scenario.Authority(name);
        return authority.Issuer is not null || (authority.IsExternal && authority.Certificate is null);
    }

    private string Below(string path) =>
        folder.Length == 0 ? path : folder.EndsWith('/') || folder.EndsWith(Path.DirectorySeparatorChar) ? folder + path : $"{folder}/{path}";
}
