using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads parties.</summary>
/// <param name="names">The authorities and parties that there are.</param>
/// <param name="certificates">Reads what all certificates have.</param>
/// <param name="defaults">What holds where nothing is written.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class PartyBinder(DeclaredNames names, CertificateBinder certificates, Defaults defaults, FaultList faults)
{
    private const int MostReplicas = 1_000_000;

    private static readonly ImmutableDictionary<string, Role> Roles = new Dictionary<string, Role>
    {
        ["server"] = Role.Server,
        ["client"] = Role.Client,
        ["peer"] = Role.Peer,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private readonly FormatReader _formats = new(faults);

    /// <summary>The party that an entry of <c>parties</c> describes.</summary>
    public BoundParty Bind(MappingEntry entry)
    {
        string name = entry.Key.Value;
        MappingNode? mapping = Section.Of(entry, "the certificates of a party", faults);
        var fields = new Fields(entry.Key.Position, mapping);
        fields.CheckKeys(FormatKeys.Party, "a party", faults);
        int? replicas = fields["replicas"] is { } field ? IntegerReader.Read(field, 1, MostReplicas, faults) : null;
        var own = ImmutableArray.CreateBuilder<BoundPartyCertificate>();
        foreach (MappingEntry part in mapping?.Entries ?? [])
        {
            if (Roles.TryGetValue(part.Key.Value, out Role role))
            {
                own.Add(BindCertificate(name, role, replicas, part));
            }
        }

        var party = new Party
        {
            Name = name,
            Replicas = replicas,
            KeyMode = fields["keyMode"] is { } mode ? Vocabulary.KeyModes.Read(mode, faults) : null,
            KeyGroup = fields["keyGroup"] is { } group ? GroupReader.Read(group, faults) : null,
        };
        if (party.KeyGroup is not null && party.KeyMode?.HasFlag(UnixFileMode.GroupRead) != true)
        {
            faults.Warning(
                fields.PositionOf("keyGroup"),
                DiagnosticCodes.KeyGroupWithoutAccess,
                $"the group {VisibleText.Quoted(party.KeyGroup)} may not read the keys: their mode lets nobody but their owner",
                "write keyMode: \"0640\" or \"0440\"");
        }

        return new BoundParty(fields, party, own.ToImmutable());
    }

    private BoundPartyCertificate BindCertificate(string party, Role role, int? replicas, MappingEntry entry)
    {
        int errors = faults.ErrorCount;
        MappingNode? mapping = new Field(entry.Key.Value, entry.Value).Mapping(faults, "a certificate: { subject, issuer, ... }");
        var fields = new Fields(entry.Key.Position, mapping);
        fields.CheckKeys(FormatKeys.CertificateOf(role), $"a {entry.Key.Value}'s certificate", faults, FormatKeys.NotOf(role));
        if (mapping is null)
        {
            var nothing = new CertificateSpecification { Subject = new DistinguishedName([]), Issuer = null };
            return new BoundPartyCertificate(
                new BoundCertificate(fields, "", nothing) { IsSound = false }, new PartyCertificate { Role = role, Certificate = nothing });
        }

        bool isExternal = fields["external"]?.Boolean(faults) ?? false;
        var owner = new CertificateOwner($"{VisibleText.Of(party)}'s {entry.Key.Value} certificate", role, replicas, isExternal);
        BoundCertificate certificate = certificates.Bind(fields, owner);
        var use = new PartyCertificate
        {
            Role = role,
            Certificate = certificate.Specification,
            Trusts = fields["trusts"] is { } trusts ? ReadTrusts(trusts) : default,
            Presents = (fields["presents"] is { } presents ? Vocabulary.Presentations.Read(presents, faults) : null) ?? Presentation.Chain,
            ChecksRevocation = (fields["revocation"] is { } revocation ? Vocabulary.Revocation.Read(revocation, faults) : null) ?? defaults.ChecksRevocation,
            Formats = (fields["formats"] is { } formats ? _formats.Read(formats) : null) ?? defaults.FormatsFor(certificate.Specification.Key),
            IsExternal = isExternal,
            Files = fields["files"] is { } files ? PlaceReader.Read(files, isAuthority: false, faults) : null,
            Password = fields["password"] is { } password ? _formats.ReadPassword(password) : defaults.Password,
        };
        use = role == Role.Client ? use : ReadServer(use, fields);
        return new BoundPartyCertificate(certificate with { IsSound = errors == faults.ErrorCount }, use);
    }

    private PartyCertificate ReadServer(PartyCertificate use, Fields fields) => use with
    {
        Listen = (fields["listen"] is { } listen ? ListenReader.Read(listen, faults) : null) ?? ListenAddress.Default,
        MinimumTls = (fields["tlsMin"] is { } tls ? Vocabulary.TlsVersions.Read(tls, faults) : null) == TlsVersion.Tls13
            || use.Certificate.Key.IsMlDsa() ? TlsVersion.Tls13 : TlsVersion.Tls12,
        Admits = fields["admits"] is { } admits ? AdmissionReader.Read(admits, faults) : null,
    };

    private ImmutableArray<string> ReadTrusts(Field field) =>
        field.Items(faults, "a list of authorities")?.ReadOnce(names.ReadAuthority, faults) ?? [];
}
