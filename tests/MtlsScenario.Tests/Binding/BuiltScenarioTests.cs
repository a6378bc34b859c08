using System.Numerics;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Binding;

/// <summary>A scenario that was built in code is held to the rules for files.</summary>
public sealed class BuiltScenarioTests
{
    private static readonly CertificateSpecification _ca = new()
    {
        Subject = Named("my-ca"),
        Issuer = null,
        Key = KeyAlgorithm.EcP256,
        KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
    };

    private static readonly CertificateSpecification _server = new()
    {
        Subject = Named("localhost"),
        Issuer = "ca",
        Key = KeyAlgorithm.EcP256,
        Names = [new GeneralName(GeneralNameKind.Dns, "localhost")],
        KeyUsage = KeyUsages.DigitalSignature,
        ExtendedKeyUsage = [KeyPurpose.ServerAuth],
    };

    private static readonly PartyCertificate _use = new() { Role = Role.Server, Certificate = _server, Trusts = ["ca"] };

    private static readonly Scenario _scenario = new()
    {
        Name = "built",
        Authorities = [new Authority { Name = "ca", Certificate = _ca }],
        Parties = [new Party { Name = "bob", Certificates = [_use] }],
    };

    /// <summary>Each fault, and where it is; the message of the exception has all of them, one a line.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "authorities.ca.issuer: error issuer-cycle: authority \"ca\" names itself as its issuer\n  hint: leave issuer out for a self-signed root", nameof(IssuesItself) },
        { "parties.bob.server.issuer: error unknown-authority: there is no authority \"caa\"", nameof(NoSuchIssuer) },
        { "parties.bob.server.trusts[1]: error unknown-authority: there is no authority \"bob\"\n  hint: \"bob\" is a party", nameof(TrustsAParty) },
        { "parties.bob.server.names[1]: error invalid-name: \"dns:münchen.example\" is not in the form that certificates have\n  hint: write \"dns:xn--mnchen-3ya.example\"", nameof(NotInALabels) },
        { "parties.bob.server.names[0]: error invalid-name: \"dns:a b\" is not a DNS name", nameof(NoName) },
        { "parties.bob.server.names: error wrong-type: names is a list of names, not nothing", nameof(NoNamesAtAll) },
        { "parties.bob.server.serial: error invalid-serial", nameof(NoSerial) },
        { "parties.bob.server.lifetime.until: error invalid-instant: \"2030-01-01T00:00:00.5Z\" is neither an RFC 3339 instant nor an offset from now", nameof(HalfASecond) },
        { "parties.bob.server.key: error unknown-word: key cannot be \"99\"", nameof(NoKey) },
        { "parties.bob.server.subject[0].C: error attribute-length", nameof(LongCountry) },
        { "parties.bob.server.pathLength: error misplaced-key: pathLength is a key of an authority, not of a server's certificate", nameof(PathLengthOfALeaf) },
        { "parties.bob: error name-not-unique: \"bob\" is there twice in parties", nameof(TwoBobs) },
        { "parties.bob.server: error name-not-unique: \"server\" is there twice in parties.bob", nameof(TwoServers) },
        { "parties: error wrong-type: parties is an ImmutableArray that was never made\n  hint: write []", nameof(NoParties) },
        { "authorities.ca.issuer: error wrong-type: the authority's issuer is none, and its certificate's \"root\"\n  hint: both are the same", nameof(TwoIssuers) },
        { "connections[0].from: error unknown-party: there is no party \"amy\"", nameof(NoSuchCaller) },
        { "name: error invalid-identifier", nameof(NoFileName) },
    };

    [Fact]
    public void One_that_is_right_is_issued()
    {
        using IssuedScenario issued = IssuedScenario.Issue(_scenario);

        Assert.Equal("CN=localhost", issued.Certificate("bob", Role.Server).PublicCertificate.Subject);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Its_faults_are_those_of_a_file(string fault, string change)
    {
        Scenario faulty = Changed(change);

        InvalidScenarioException issuing = Assert.Throws<InvalidScenarioException>(() => IssuedScenario.Issue(faulty));
        InvalidScenarioException showing = Assert.Throws<InvalidScenarioException>(() => ScenarioLayout.Of(faulty));

        Assert.StartsWith(fault, issuing.Message, StringComparison.Ordinal);
        Assert.Equal(issuing.Message, showing.Message);
        Assert.All(issuing.Diagnostics, found => Assert.Equal(DiagnosticSeverity.Error, found.Severity));
    }

    [Fact]
    public void All_faults_are_found_at_once()
    {
        Scenario faulty = With(_server with { Issuer = "caa", Serial = new SerialNumber.Fixed(BigInteger.Zero), Names = [new GeneralName(GeneralNameKind.Dns, "a b")] });

        InvalidScenarioException exception = Assert.Throws<InvalidScenarioException>(() => IssuedScenario.Issue(faulty with { Name = "a b" }));

        Assert.Equal(
            [DiagnosticCodes.InvalidIdentifier, DiagnosticCodes.UnknownAuthority, DiagnosticCodes.InvalidSerial, DiagnosticCodes.InvalidName],
            exception.Diagnostics.Select(fault => fault.Code));
        Assert.All(exception.Diagnostics, fault => Assert.Equal(default, fault.Position));
    }

    private static Scenario Changed(string change) => change switch
    {
        nameof(IssuesItself) => IssuesItself,
        nameof(NoSuchIssuer) => NoSuchIssuer,
        nameof(TrustsAParty) => TrustsAParty,
        nameof(NotInALabels) => NotInALabels,
        nameof(NoName) => NoName,
        nameof(NoNamesAtAll) => NoNamesAtAll,
        nameof(NoSerial) => NoSerial,
        nameof(HalfASecond) => HalfASecond,
        nameof(NoKey) => NoKey,
        nameof(LongCountry) => LongCountry,
        nameof(PathLengthOfALeaf) => PathLengthOfALeaf,
        nameof(TwoBobs) => TwoBobs,
        nameof(TwoServers) => TwoServers,
        nameof(NoParties) => NoParties,
        nameof(TwoIssuers) => TwoIssuers,
        nameof(NoSuchCaller) => NoSuchCaller,
        nameof(NoFileName) => NoFileName,
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static Scenario IssuesItself => _scenario with
    {
        Authorities = [new Authority { Name = "ca", Issuer = "ca", Certificate = _ca with { Issuer = "ca" } }],
    };

    private static Scenario NoSuchIssuer => With(_server with { Issuer = "caa" });

    private static Scenario TrustsAParty => With(_use with { Trusts = ["ca", "bob"] });

    private static Scenario NotInALabels => With(_server with
    {
        Names = [new GeneralName(GeneralNameKind.Dns, "localhost"), new GeneralName(GeneralNameKind.Dns, "münchen.example")],
    });

    private static Scenario NoName => With(_server with { Names = [new GeneralName(GeneralNameKind.Dns, "a b")] });

    private static Scenario NoNamesAtAll => With(_server with { Names = default });

    private static Scenario NoSerial => With(_server with { Serial = new SerialNumber.Fixed(BigInteger.Pow(2, 159)) });

    private static Scenario HalfASecond => With(_server with
    {
        Lifetime = new Lifetime(
            new TimePoint.Instant(DateTimeOffset.UnixEpoch),
            new TimePoint.Instant(new DateTimeOffset(2030, 1, 1, 0, 0, 0, 500, TimeSpan.Zero))),
    });

    private static Scenario NoKey => With(_server with { Key = (KeyAlgorithm)99 });

    private static Scenario LongCountry => With(_server with { Subject = Named("Finland", AttributeType.Country) });

    private static Scenario PathLengthOfALeaf => With(_server with { PathLength = 0 });

    private static Scenario TwoBobs => _scenario with { Parties = [.. _scenario.Parties, .. _scenario.Parties] };

    private static Scenario TwoServers => _scenario with { Parties = [new Party { Name = "bob", Certificates = [_use, _use] }] };

    private static Scenario NoParties => _scenario with { Parties = default };

    private static Scenario TwoIssuers => _scenario with { Authorities = [new Authority { Name = "ca", Certificate = _ca with { Issuer = "root" } }] };

    private static Scenario NoSuchCaller => _scenario with
    {
        Connections = [new Connection { From = new ConnectionEnd("amy"), To = new ConnectionEnd("bob"), Host = "localhost" }],
    };

    private static Scenario NoFileName => _scenario with { Name = "con/fig" };

    private static Scenario With(CertificateSpecification server) => With(_use with { Certificate = server });

    private static Scenario With(PartyCertificate use) => _scenario with { Parties = [new Party { Name = "bob", Certificates = [use] }] };

    private static DistinguishedName Named(string value, AttributeType? type = null) =>
        new([new RelativeDistinguishedName([new AttributeTypeAndValue(type ?? AttributeType.CommonName, value)])]);
}
