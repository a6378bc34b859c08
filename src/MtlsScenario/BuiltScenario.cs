using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Binding;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario;

/// <summary>
/// Finds what is wrong with a scenario that was built in code, by the rules for files: it is laid out as a document, and that
/// is read.
/// </summary>
internal sealed class BuiltScenario
{
    private readonly FaultList _faults = new("");
    private readonly BuiltSyntax _nodes = new();
    private readonly BuiltCertificate _certificates;

    private BuiltScenario(Scenario? written = null)
    {
        _certificates = new BuiltCertificate(_nodes, written);
    }

    /// <summary>A scenario as a document.</summary>
    public static MappingNode DocumentOf(Scenario scenario) => new BuiltScenario(scenario).Document(scenario);

    /// <summary>Makes sure that a scenario is one that a file could have said.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="now">Against which instants and offsets are compared.</param>
    /// <exception cref="InvalidScenarioException">It is not; the exception has all errors.</exception>
    public static void Check(Scenario scenario, DateTimeOffset now)
    {
        var built = new BuiltScenario();
        ImmutableArray<Diagnostic> errors = built.Errors(scenario, now);
        if (!errors.IsEmpty)
        {
            throw new InvalidScenarioException(errors);
        }
    }

    private ImmutableArray<Diagnostic> Errors(Scenario scenario, DateTimeOffset now)
    {
        Scenario? read = new ScenarioBinder(_faults, now).Bind(Document(scenario));
        if (!_faults.HasErrors)
        {
            CheckForms(scenario, read!);
        }

        return
        [
            .. _faults.ToImmutable()
                .Where(fault => fault.Severity == DiagnosticSeverity.Error)
                .Select(fault => fault with { Source = _nodes.PathOf(fault.Position), Position = default }),
        ];
    }

    private MappingNode Document(Scenario scenario) => _nodes.Mapping(
        "scenario",
        _nodes.Entry("", "name", at => _nodes.Text(at, scenario.Name)),
        scenario.Description is null ? null : _nodes.Entry("", "description", at => _nodes.Text(at, scenario.Description)),
        _certificates.Word("", "folders", scenario.Folders, Vocabulary.Folders),
        _nodes.Entry("", "authorities", at => Named(at, scenario.Authorities, authority => authority.Name, Authority)),
        _nodes.Entry("", "parties", at => Named(at, scenario.Parties, party => party.Name, Party)),
        scenario.Connections is { IsDefault: false, IsEmpty: true }
            ? null
            : _nodes.Entry("", "connections", at => Made(at, scenario.Connections) ? _nodes.List(at, scenario.Connections, Connection) : _nodes.List<string>(at, [], _nodes.Text)));

    /// <summary>A mapping by names. Of several of one name, which a mapping cannot have, the first is taken.</summary>
    private MappingNode Named<T>(
        string path, ImmutableArray<T> all, Func<T, string?> nameOf, Func<string, T, SyntaxNode> write)
    {
        if (!Made(path, all))
        {
            return _nodes.Mapping(path);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<MappingEntry>();
        foreach (T one in all)
        {
            MappingEntry entry = _nodes.Entry(path, nameOf(one), at => write(at, one));
            if (names.Add(entry.Key.Value))
            {
                entries.Add(entry);
            }
            else
            {
                _faults.Error(
                    entry.Key.Position, DiagnosticCodes.NameNotUnique, $"{VisibleText.Quoted(entry.Key.Value)} is there twice in {path}");
            }
        }

        return _nodes.Mapping(path, entries);
    }

    private bool Made<T>(string path, ImmutableArray<T> all)
    {
        if (all.IsDefault)
        {
            _faults.Error(_nodes.Text(path, null).Position, DiagnosticCodes.WrongType, $"{path} is an ImmutableArray that was never made", "write []");
        }

        return !all.IsDefault;
    }

    private MappingNode Authority(string path, Authority authority)
    {
        if (authority.Certificate is { } certificate && certificate.Issuer != authority.Issuer)
        {
            _faults.Error(
                _nodes.Text(path + ".issuer", null).Position,
                DiagnosticCodes.WrongType,
                $"the authority's issuer is {Quoted(authority.Issuer)}, and its certificate's {Quoted(certificate.Issuer)}",
                "both are the same");
        }

        return _nodes.Mapping(
            path,
            [
                .. authority.Certificate is { } own
                    ? _certificates.Entries(path, own, authority.Issuer)
                    : [authority.Issuer is null ? null : _nodes.Entry(path, "issuer", at => _nodes.Text(at, authority.Issuer))],
                authority.Operator is null ? null : _nodes.Entry(path, "operator", at => _nodes.Text(at, authority.Operator)),
                authority.IsExternal ? _nodes.Entry(path, "external", at => _nodes.Truth(at, true)) : null,
                _certificates.Files(path, authority.Files),
                .. _certificates.Crls(path, authority),
            ]);
    }

    private MappingNode Party(string path, Party party) => _nodes.Mapping(
        path,
        [
            party.Replicas is { } count
                ? _nodes.Entry(path, "replicas", at => _nodes.Text(at, count.ToString(CultureInfo.InvariantCulture)))
                : null,
            party.KeyMode is { } mode ? _certificates.Word(path, "keyMode", mode, Vocabulary.KeyModes) : null,
            party.KeyGroup is { } group ? _nodes.Entry(path, "keyGroup", at => _nodes.Text(at, group)) : null,
            .. Named(path, party.Certificates, use => RoleOf(use.Role), Use).Entries,
        ]);

    private static string RoleOf(Role role) => Enum.IsDefined(role) ? Planning.FileNames.RoleName(role) : role.ToString();

    private SyntaxNode Use(string path, PartyCertificate use)
    {
        if (use.Certificate is not { } certificate)
        {
            return _nodes.Text(path, null);
        }

        bool listens = use.Role != Role.Client;
        return _nodes.Mapping(
            path,
            [
                .. _certificates.Entries(path, certificate, certificate.Issuer).Where(entry => !(use.IsExternal && IsUnsaid(entry, certificate))),
                use.IsExternal ? _nodes.Entry(path, "external", at => _nodes.Truth(at, true)) : null,
                _certificates.Files(path, use.Files),
                _nodes.Entry(path, "trusts", at => _nodes.List(at, use.Trusts, _nodes.Text)),
                _certificates.Word(path, "presents", use.Presents, Vocabulary.Presentations),
                use.Formats is { IsDefault: false, IsEmpty: true } ? null : _nodes.Entry(path, "formats", at => _nodes.List(at, use.Formats, Format)),
                use.Password is { } password ? Password(path, password) : null,
                listens || use.Listen != ListenAddress.Default ? _nodes.Entry(path, "listen", at => _nodes.Text(at, use.Listen?.ToString())) : null,
                listens || use.MinimumTls != TlsVersion.Tls12 ? _certificates.Word(path, "tlsMin", use.MinimumTls, Vocabulary.TlsVersions) : null,
                _certificates.Word(path, "revocation", use.ChecksRevocation, Vocabulary.Revocation),
                use.Admits is { } admits ? _nodes.Entry(path, "admits", at => _nodes.List(at, admits, (item, pattern) => _nodes.Text(item, pattern.ToString()))) : null,
            ]);
    }

    /// <summary>Of a provided certificate nothing need be said, and an empty subject says nothing.</summary>
    private static bool IsUnsaid(MappingEntry? entry, CertificateSpecification certificate) =>
        entry?.Key.Value == "subject" && certificate.Subject is { RelativeNames.IsEmpty: true };

    private SyntaxNode Format(string path, FileFormat format)
    {
        MappingEntry[] said =
        [
            .. format.Encryption == StoreEncryption.Aes256 ? [] : new[] { _certificates.Word(path, "encryption", format.Encryption, Vocabulary.Encryptions) },
            .. format.Password is { } password ? [Password(path, password)] : Array.Empty<MappingEntry>(),
        ];
        string word = Vocabulary.Formats.Of(format.Kind);
        return said.Length == 0 ? _nodes.Text(path, word) : _nodes.Mapping(path, _nodes.Entry(path, word, at => _nodes.Mapping(at, said)));
    }

    private MappingEntry Password(string path, PasswordSource password) => _nodes.Entry(path, "password", at => _nodes.Mapping(
        at,
        password is PasswordSource.File file
            ? _nodes.Entry(at, "file", value => _nodes.Text(value, file.Path))
            : _nodes.Entry(at, "env", value => _nodes.Text(value, ((PasswordSource.Variable)password).Name))));

    private MappingNode Connection(string path, Connection connection) => _nodes.Mapping(
        path,
        _nodes.Entry(path, "from", at => _nodes.Text(at, connection.From?.ToString())),
        _nodes.Entry(path, "to", at => _nodes.Text(at, connection.To?.ToString())),
        _certificates.Word(path, "expect", connection.Expect, Vocabulary.Outcomes),
        connection.Expect == Outcome.Rejected || connection.By is not null
            ? _certificates.Word(path, "by", new RejectingEnd(connection.By), Vocabulary.RejectingEnds)
            : null,
        connection.Because is { } because ? _certificates.Word(path, "because", because, Vocabulary.Reasons) : null,
        _nodes.Entry(path, "host", at => _nodes.Text(at, connection.Host)),
        connection.Tls is { } tls ? _certificates.Word(path, "tls", tls, Vocabulary.TlsVersions) : null,
        connection.At is { } time ? _nodes.Entry(path, "at", at => _nodes.Text(at, BuiltCertificate.Instant(time))) : null,
        connection.PresentsNothing ? _nodes.Entry(path, "presents", at => _nodes.Text(at, "nothing")) : null);

    /// <summary>A file may say a name in several forms, of which the model has one.</summary>
    private void CheckForms(Scenario built, Scenario read)
    {
        foreach ((string path, CertificateSpecification? own, CertificateSpecification? other) in Certificates(built).Zip(
            Certificates(read), (first, second) => (first.Path, first.Certificate, second.Certificate)))
        {
            if (own is null || other is null)
            {
                continue;
            }

            for (int index = 0; index < own.Names.Length; index++)
            {
                if (own.Names[index] != other.Names[index])
                {
                    Form($"{path}.names[{index}]", own.Names[index].ToString(), other.Names[index].ToString());
                }
            }
        }
    }

    private void Form(string path, string own, string canonical) => _faults.Error(
        _nodes.Text(path, own).Position,
        DiagnosticCodes.InvalidName,
        $"{VisibleText.Quoted(own)} is not in the form that certificates have",
        $"write {VisibleText.Quoted(canonical)}");

    private static IEnumerable<(string Path, CertificateSpecification? Certificate)> Certificates(Scenario scenario) =>
    [
        .. scenario.Authorities.Select(authority => ($"authorities.{authority.Name}", authority.Certificate)),
        .. scenario.Parties.SelectMany(party => party.Certificates.Select(use =>
            ($"parties.{party.Name}.{RoleOf(use.Role)}", (CertificateSpecification?)use.Certificate))),
    ];

    private static string Quoted(string? name) => name is null ? "none" : VisibleText.Quoted(name);
}
