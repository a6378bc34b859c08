using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Configs;

public sealed class ConfigWriterTests
{
    private static readonly ImmutableArray<AdmissionPattern> EveryKind =
    [
        new(null, "amy-client"),
        new(null, "*.clients.example"),
        new(GeneralNameKind.Dns, "Amy.example"),
        new(GeneralNameKind.IpAddress, "2001:db8::1"),
        new(GeneralNameKind.Email, "amy@*.example"),
        new(GeneralNameKind.Uri, "spiffe://example/ns/*/amy"),
    ];

    public static TheoryData<string> Servers => new(ConfigPrograms.All.Where(entry => entry.CanBe(Side.Server)).Select(entry => entry.Program.ToString()));

    public static TheoryData<string> Clients => new(ConfigPrograms.All.Where(entry => entry.CanBe(Side.Client) && entry.Program != ConfigProgram.Redis).Select(entry => entry.Program.ToString()));

    public static TheoryData<string> ClientsByAnyName => new(ConfigPrograms.All.Where(entry => entry.CanBe(Side.Client) && entry is { Program: not ConfigProgram.Redis, ConnectsByName: false }).Select(entry => entry.Program.ToString()));

    public static TheoryData<string> ByCommonNames => new(ConfigPrograms.All.Where(entry => entry.Admits is AdmissionSupport.CommonNames).Select(entry => entry.Program.ToString()));

    public static TheoryData<string> RootsOnly => new(ConfigPrograms.All.Where(entry => entry.RootsOnlyAs.Contains(Side.Server)).Select(entry => entry.Program.ToString()));

    public static TheoryData<string> ByKnownCallers => new(ConfigPrograms.All.Where(entry => entry.Admits is AdmissionSupport.KnownNames or AdmissionSupport.KnownSubjects).Select(entry => entry.Program.ToString()));

    [Theory]
    [MemberData(nameof(Servers))]
    public Task The_articles_server(string program) =>
        Verify($"article-server-{program}", Server(program, ArticleScenario.Create()));

    [Theory]
    [MemberData(nameof(Clients))]
    public Task The_articles_client(string program) =>
        Verify($"article-client-{program}", Client(program, ArticleScenario.Create()));

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    [InlineData(nameof(ConfigProgram.Grpc))]
    public Task A_server_with_a_chain_that_admits_by_every_kind_of_name(string program) =>
        Verify($"full-server-{program}", Server(program, ArticleScenario.CreateFull(EveryKind)));

    [Theory]
    [MemberData(nameof(ByCommonNames))]
    public Task A_server_with_a_chain_that_admits_by_common_names(string program) =>
        Verify($"full-server-{program}", Server(program, ArticleScenario.CreateFull(EveryKind[0], EveryKind[1], new(null, "Äpfel, \"und\" $Birnen"))));

    [Theory]
    [MemberData(nameof(ByKnownCallers))]
    public Task A_server_with_a_chain_that_admits_those_it_knows(string program) =>
        Verify($"full-server-{program}", Server(program, Quotes(ArticleScenario.CreateFull(EveryKind[0], new(null, "*.clients.exa\"m'p\\le")))));

    [Theory]
    [MemberData(nameof(ByKnownCallers))]
    public void A_server_that_has_to_know_its_callers_is_refused_where_the_scenario_knows_none(string program)
    {
        var refused = Assert.IsType<ConfigOutcome.Refused>(Server(program, ArticleScenario.CreateFull(EveryKind[0], EveryKind[1])));

        Assert.EndsWith("lets in callers that it has accounts for, and the scenario knows none whose only common name is \"*.clients.example\"", refused.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.MySql))]
    [InlineData(nameof(ConfigProgram.Mosquitto))]
    [InlineData(nameof(ConfigProgram.Etcd))]
    public void A_client_that_verifies_the_name_it_connects_to_is_refused_another(string program)
    {
        var refused = Assert.IsType<ConfigOutcome.Refused>(Client(program, ArticleScenario.CreateFull()));

        Assert.EndsWith("verifies a server for the name by which it connects, and amy calls bob.example at [::1]:8443", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_a_program_cannot_do_is_refused()
    {
        Scenario article = ArticleScenario.Create();
        Assert.Equal("redis-cli does not verify which server it reaches, and amy calls localhost", Why(Client("Redis", article)));
        Assert.Equal("haproxy reads pem, which bob has not", Why(Server("Haproxy", ArticleScenario.CreateFull(EveryKind[0]).WithParties(bob => bob with { Formats = [] }))));
        Assert.Equal("kafka lets in whoever it can verify, and bob admits only some", Why(Server("Kafka", ArticleScenario.CreateFull(EveryKind[0]).WithParties(bob => bob with { Formats = [] }))));
        Assert.Equal("etcd listens on IP addresses only, and bob on bob.example:2379", Why(Server("Etcd", article.WithParties(bob => bob with { Listen = new ListenAddress("bob.example", 2379) }))));
        Assert.Equal("postgres cannot be told of a role \"/amy\", and bob admits it", Why(Server("Postgres", article.WithParties(bob => bob with { Admits = [new(null, "/amy")] }))));
        Assert.Equal("rabbitmq cannot tell a common name with a comma, \"a,b\", from several common names", Why(Server("RabbitMq", article.WithParties(bob => bob with { Admits = [new(null, "a,b")] }))));
        Assert.Equal("mosquitto cannot be told of the file \"/a\\nb/bob_server.crt\"", Why(ConfigWriter.Server(ConfigProgram.Mosquitto, ArticleScenario.Bob(article, "/a\nb"), "bob")));
        Assert.StartsWith("stunnel opens its socket by a whole path only", Why(ConfigWriter.Client(ConfigProgram.Stunnel, ArticleScenario.Amy(article), "amy")), StringComparison.Ordinal);
        Assert.Equal("etcd offers every version of TLS, and amy is to offer one", Why(Client("Etcd", article with { Connections = [article.Connections[0] with { Tls = TlsVersion.Tls13 }] })));
    }

    /// <summary>A path with all that some syntax gives a meaning comes out as one value, whole.</summary>
    [Theory]
    [InlineData(nameof(ConfigProgram.Postgres))]
    [InlineData(nameof(ConfigProgram.MySql))]
    [InlineData(nameof(ConfigProgram.Redis))]
    [InlineData(nameof(ConfigProgram.Apache))]
    [InlineData(nameof(ConfigProgram.Etcd))]
    public Task A_path_is_quoted(string program) => Verify(
        $"odd-path-{program}", ConfigWriter.Server(Enum.Parse<ConfigProgram>(program), ArticleScenario.Bob(ArticleScenario.Create(), "/a 'b' \"c\" #d \\e $f"), "bob"));

    [Theory]
    [MemberData(nameof(ClientsByAnyName))]
    public Task A_client_with_a_chain_that_calls_by_another_name(string program) =>
        Verify($"full-client-{program}", Client(program, ArticleScenario.CreateFull(EveryKind)));

    [Theory]
    [InlineData(nameof(ConfigProgram.OpenSsl), "openssl lets in whoever it can verify, and bob admits only some")]
    [InlineData(nameof(ConfigProgram.Nginx), "nginx cannot tell callers by their subject alternative names, and bob admits \"uri:spiffe://example/amy\"")]
    [InlineData(nameof(ConfigProgram.Haproxy), "haproxy cannot tell callers by their subject alternative names, and bob admits \"uri:spiffe://example/amy\"")]
    public void What_a_server_cannot_enforce_is_refused(string program, string why)
    {
        var scenario = ArticleScenario.CreateFull(new AdmissionPattern(GeneralNameKind.Uri, "spiffe://example/amy"));

        var refused = Assert.IsType<ConfigOutcome.Refused>(Server(program, scenario));

        Assert.Equal(why, refused.Why);
    }

    [Theory]
    [MemberData(nameof(RootsOnly))]
    public void A_trust_anchor_that_is_no_root_is_refused_where_it_would_not_verify(string program)
    {
        Scenario scenario = ArticleScenario.CreateFull().WithParties(certificate => certificate with { Trusts = ["ica"], Admits = null });

        var refused = Assert.IsType<ConfigOutcome.Refused>(Server(program, scenario));

        Assert.EndsWith("takes only roots for trust anchors, and bob trusts ica", refused.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Kafka))]
    public void A_program_that_reads_stores_says_what_to_write_for_them(string program)
    {
        Scenario scenario = ArticleScenario.Create().WithParties(certificate => certificate with { Formats = [new FileFormat(FormatKind.CombinedPem), new FileFormat(FormatKind.Pkcs12)] });

        var refused = Assert.IsType<ConfigOutcome.Refused>(Server(program, scenario));

        Assert.Equal(
            ($"{program.ToLowerInvariant()} reads truststore, which bob has not", "write `formats: [p12, pem, truststore]` to its certificate, and apply"),
            (refused.Why, refused.Hint?.Replace("[pem, p12,", "[p12, pem,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Kafka))]
    public void A_password_is_looked_up_where_the_scenario_says_and_not_printed(string program)
    {
        Scenario fromFile = ArticleScenario.Create().WithParties(certificate => certificate with { Password = new PasswordSource.File("it's secret") });
        Scenario fromVariable = ArticleScenario.Create().WithParties(certificate => certificate with { Password = new PasswordSource.Variable("STORE_PASSWORD") });

        foreach ((Scenario scenario, string place) in new[] { (fromFile, "it"), (fromVariable, "STORE_PASSWORD") })
        {
            string text = string.Concat(Assert.IsType<ConfigOutcome.Written>(Server(program, scenario)).Files.Select(file => file.Text));
            string own = string.Concat(text.Split('\n').Where(line => line.Contains("changeit", StringComparison.Ordinal) && !line.Contains("trust", StringComparison.OrdinalIgnoreCase)));
            Assert.Equal("", own);
            Assert.Contains(place, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_program_is_in_the_table_once_and_is_some_end() =>
        Assert.Equal(Enum.GetValues<ConfigProgram>().Order(), ConfigPrograms.All.Where(entry => entry.CanBe(Side.Server) || entry.CanBe(Side.Client)).Select(entry => entry.Program).Order());

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_server_that_trusts_nobody_is_not_left_to_the_machines_trust_store(string program)
    {
        Scenario scenario = ArticleScenario.Create().WithParties(certificate => certificate with { Trusts = [] });

        var refused = Assert.IsType<ConfigOutcome.Refused>(Server(program, scenario));

        Assert.Equal("bob trusts no authority, so there is nothing to verify callers with", refused.Why);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void A_client_that_trusts_nobody_is_not_left_to_the_machines_trust_store(string program)
    {
        Scenario scenario = ArticleScenario.Create().WithParties(certificate => certificate with { Trusts = [] });

        Assert.IsType<ConfigOutcome.Refused>(Client(program, scenario));
    }

    /// <summary>nginx knows no case in the names of variables, and has no place for long ones unless it is told.</summary>
    [Fact]
    public void Names_that_a_configuration_gives_differ_where_case_does_not_count_and_are_short()
    {
        (string Scenario, string Party)[] asked =
        [
            ("shop", "pay-in"), ("shop", "pay_in"), ("Shop", "pay-in"), ("shop", "PAY-IN"), ("shop-pay", "in"), ("shop_pay", "in"), ("shop", "pay[1]"), ("shop", "pay-1"),
            (new string('a', 64), new string('b', 64)), (new string('a', 64), new string('b', 63)), (new string('a', 63), new string('b', 64)),
        ];

        string[] names = [.. asked.Select(planned => GeneratedName.Of("admitted", planned.Scenario, planned.Party))];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches(@"^admitted_[a-z0-9_]{1,37}\z", name));
        Assert.StartsWith("admitted_shop_pay_in_", names[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_nginx_in_a_path_is_refused()
    {
        ServerSettings bob = ArticleScenario.Bob(ArticleScenario.Create(), "/srv/$host");

        var refused = Assert.IsType<ConfigOutcome.Refused>(ConfigWriter.Server(ConfigProgram.Nginx, bob, "bob"));

        Assert.Equal("nginx cannot be told of the file \"/srv/$host/bob_server.crt\"", refused.Why);
    }

    [Fact]
    public void The_folder_goes_before_each_file_and_is_quoted()
    {
        ClientSettings amy = ArticleScenario.Amy(ArticleScenario.Create(), "/it's: here");

        var written = Assert.IsType<ConfigOutcome.Written>(ConfigWriter.Client(ConfigProgram.Curl, amy, "amy"));

        Assert.Equal(
            """
            curl --cacert '/it'\''s: here/ca.crt' --key '/it'\''s: here/amy_client.key' --cert '/it'\''s\: here/amy_client.crt' --capath /dev/null https://localhost:3000

            """.ReplaceLineEndings("\n"),
            written.Files[0].Text);
    }

    private static ConfigOutcome Server(string program, Scenario scenario) =>
        ConfigWriter.Server(Enum.Parse<ConfigProgram>(program), ArticleScenario.Bob(scenario), "bob");

    private static ConfigOutcome Client(string program, Scenario scenario) =>
        ConfigWriter.Client(Enum.Parse<ConfigProgram>(program), ArticleScenario.Amy(scenario, program == nameof(ConfigProgram.Stunnel) ? "/srv" : ""), "amy");

    private static string Why(ConfigOutcome outcome) => Assert.IsType<ConfigOutcome.Refused>(outcome).Why;

    /// <summary>The scenario with one more caller, whose name has in it what ends a value in some syntax.</summary>
    private static Scenario Quotes(Scenario scenario)
    {
        Party amy = scenario.Party("amy");
        CertificateSpecification certificate = amy.Certificates[0].Certificate;
        DistinguishedName subject = new([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, "a.clients.exa\"m'p\\le")])]);
        Party other = amy with { Name = "o", Certificates = [amy.Certificates[0] with { Certificate = certificate with { Subject = subject } }] };
        return scenario with { Parties = [.. scenario.Parties, other] };
    }

    private static Task Verify(string name, ConfigOutcome outcome)
    {
        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory("Snapshots");
        settings.UseFileName(name);
        var written = Assert.IsType<ConfigOutcome.Written>(outcome);
        return Verifier.Verify(string.Join("\n", written.Files.Select(file => $"==> {file.Name} <==\n{file.Text}")), settings);
    }
}
