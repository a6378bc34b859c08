using System.Collections.Immutable;
using MtlsScenario.Binding;
using MtlsScenario.Binding.Checks;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario;

/// <summary>Makes a scenario of a document: names resolved, defaults applied, every fault reported.</summary>
/// <param name="faults">Where the faults go.</param>
/// <param name="now">Against which instants and offsets are compared.</param>
internal sealed class ScenarioBinder(FaultList faults, DateTimeOffset now)
{
    private readonly TimeReader _lifetimes = new(now, faults);

    /// <summary>The scenario; null, or of no use, where there were errors.</summary>
    public Scenario? Bind(SyntaxNode root)
    {
        if (new Field("a scenario", root).Mapping(faults, "a mapping with name, authorities, parties and connections") is not { } mapping)
        {
            return null;
        }

        var fields = new Fields(mapping.Position, mapping);
        fields.CheckKeys(FormatKeys.Scenario, "a scenario", faults);
        ReadVersion(fields);
        var scenario = new Scenario
        {
            Name = ReadName(fields),
            Description = fields["description"]?.Text(faults, "a text"),
            Folders = (fields["folders"] is { } folders ? Vocabulary.Folders.Read(folders, faults) : null) ?? FolderLayout.Flat,
        };
        BoundScenario bound = DefaultTrusts.Apply(BindEntries(mapping, fields));
        CrossChecks.Run(bound, scenario.Folders, now, faults);
        return scenario with
        {
            Authorities = [.. bound.Authorities.Select(authority => authority.Model)],
            Parties = [.. bound.Parties.Select(party =>
                party.Model with { Certificates = [.. party.Certificates.Select(use => use.Model)] })],
            Connections = [.. bound.Connections.Select(connection => connection.Model)],
        };
    }

    private BoundScenario BindEntries(MappingNode mapping, Fields fields)
    {
        ImmutableArray<MappingEntry> authorities = EntriesOf(mapping, "authorities", "a mapping of names to authorities");
        ImmutableArray<MappingEntry> parties = EntriesOf(mapping, "parties", "a mapping of names to parties");
        if (fields["authorities"]?.Value is null or ScalarNode { IsNull: true } or MappingNode { Entries: [] })
        {
            fields.Missing("authorities", "the scenario", faults, "name at least one: authorities: { ca: { subject: /CN=my-ca } }");
        }

        CheckNames(authorities, parties);
        var names = new DeclaredNames(
            authorities.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal),
            parties.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal),
            faults);
        var revocation = new RevocationReader(names, _lifetimes, faults);
        Defaults defaults = ReadDefaults(mapping, fields);
        var certificates = new CertificateBinder(names, _lifetimes, revocation, defaults, faults);
        var authorityBinder = new AuthorityBinder(names, certificates, revocation, faults);
        var partyBinder = new PartyBinder(names, certificates, defaults, faults);
        ImmutableArray<BoundAuthority> boundAuthorities = [.. authorities.Select(authorityBinder.Bind)];
        ImmutableArray<BoundParty> boundParties = [.. parties.Select(partyBinder.Bind)];
        var connectionBinder = new ConnectionBinder(
            names, boundParties.ToDictionary(party => party.Model.Name, StringComparer.Ordinal), _lifetimes, faults);
        Field[] connections = fields["connections"] is { Value: not ScalarNode { IsNull: true } } list
            ? [.. list.Items(faults, "a list of connections such as amy -> bob") ?? []]
            : [];
        return new BoundScenario(
            boundAuthorities, boundParties, [.. connections.Select(connectionBinder.Bind).OfType<BoundConnection>()]);
    }

    private ImmutableArray<MappingEntry> EntriesOf(MappingNode mapping, string key, string expected) =>
        mapping.Find(key) is { } entry ? Section.Of(entry, expected, faults)?.Entries ?? [] : [];

    private void ReadVersion(Fields fields)
    {
        if (fields["version"] is { } field && field.Text(faults, "the number 1") is { } text && text != "1")
        {
            faults.Error(
                field.Position, DiagnosticCodes.UnsupportedVersion, $"version {VisibleText.Quoted(text)} of the format is not known", "write version: 1, or leave it out");
        }
    }

    private string ReadName(Fields fields)
    {
        if (fields["name"] is not { } field)
        {
            fields.Missing("name", "the scenario", faults, "name it, for example name: amy-bob");
            return "";
        }

        string? name = field.Text(faults, "a text");
        if (name is not null)
        {
            IdentifierReader.Check(name, "a scenario", field.Position, faults);
        }

        return name ?? "";
    }

    private void CheckNames(ImmutableArray<MappingEntry> authorities, ImmutableArray<MappingEntry> parties)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<(ScalarNode Key, string What)> all =
        [
            .. authorities.Select(entry => (entry.Key, "an authority")),
            .. parties.Select(entry => (entry.Key, "a party")),
        ];
        foreach ((ScalarNode key, string what) in all.OrderBy(pair => pair.Key.Position))
        {
            IdentifierReader.Check(key.Value, what, key.Position, faults);
            if (!seen.TryAdd(key.Value, what))
            {
                faults.Error(
                    key.Position,
                    DiagnosticCodes.NameNotUnique,
                    $"{VisibleText.Quoted(key.Value)} is the name of {seen[key.Value]} already; case makes no difference in file names everywhere");
            }
        }
    }

    private Defaults ReadDefaults(MappingNode mapping, Fields scenario)
    {
        MappingNode? section = mapping.Find("defaults") is { } entry ? Section.Of(entry, "a mapping of keys to values", faults) : null;
        var fields = new Fields(scenario.PositionOf("defaults"), section);
        fields.CheckKeys(FormatKeys.Defaults, "defaults", faults);
        var format = new Defaults { Fields = fields };
        var formats = new FormatReader(faults);
        return format with
        {
            Key = (fields["key"] is { } key ? Vocabulary.Keys.Read(key, faults) : null) ?? format.Key,
            Digest = (fields["digest"] is { } digest ? Vocabulary.Digests.Read(digest, faults) : null) ?? format.Digest,
            Lifetime = (fields["lifetime"] is { } lifetime ? _lifetimes.Read(lifetime) : null) ?? format.Lifetime,
            Profile = (fields["profile"] is { } profile ? Vocabulary.Profiles.Read(profile, faults) : null) ?? format.Profile,
            RenewBefore = fields["renewBefore"] is { } renewBefore ? _lifetimes.ReadDuration(renewBefore) : null,
            Request = fields["request"]?.Boolean(faults) ?? format.Request,
            ChecksRevocation = fields["revocation"] is { } revocation && Vocabulary.Revocation.Read(revocation, faults) == true,
            Formats = (fields["formats"] is { } written ? formats.Read(written) : null) ?? [],
            Password = fields["password"] is { } password ? formats.ReadPassword(password) : null,
        };
    }
}
