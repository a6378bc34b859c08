using System.Text;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Configs;

/// <summary>What is configured where a party checks CRLs.</summary>
public sealed class RevocationTests
{
    /// <summary>Of every program the lines that are there for the CRLs alone; a line that another program has is not repeated.</summary>
    [Fact]
    public Task What_each_program_is_told_beside()
    {
        Scenario article = ArticleScenario.Create();
        var said = new HashSet<string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (ProgramEntry entry in ConfigPrograms.All.Where(entry => entry.Formats.IsEmpty))
        {
            foreach (Side side in new[] { Side.Server, Side.Client }.Where(entry.CanBe))
            {
                said.UnionWith(Lines(Write(entry.Program, side, article)));
                text.Append($"== {entry.Word}, {SideNames.NameOf(side)}\n");
                text.AppendJoin("", Lines(Write(entry.Program, side, Checking(article))).Where(said.Add).Select(line => line + "\n"));
            }
        }

        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory("Snapshots");
        settings.UseFileName("checks-crls");
        return Verifier.Verify(text.ToString(), settings);
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.OpenSsl), "bob checks CRLs, and openssl checks them up to a root, and it trusts ica", "kestrel, java and go can")]
    [InlineData(nameof(ConfigProgram.Node), "bob checks CRLs, and node checks them up to a root, and it trusts ica", "kestrel, java and go can")]
    public void An_anchor_that_is_no_root_is_refused_where_its_list_would_be_missed(string program, string why, string able)
    {
        ConfigOutcome outcome = Write(Enum.Parse<ConfigProgram>(program), Side.Server, Checking(ArticleScenario.CreateFull()).WithParties(certificate => certificate with { Trusts = ["ica"], Admits = null }));
        Assert.Equal((why, able), outcome is ConfigOutcome.Refused refused ? (refused.Why, refused.Hint!) : default);
    }

    [Fact]
    public void Where_nobody_issues_a_list_and_where_nobody_could_verify_it_there_is_no_configuration()
    {
        Scenario checking = Checking(ArticleScenario.Create());
        Authority ca = checking.Authorities[0];
        Scenario without = checking with { Authorities = [ca with { Crl = null }] };
        Scenario edwards = checking with { Authorities = [ca with { Certificate = ca.Certificate! with { Key = KeyAlgorithm.Ed25519 } }] };

        Assert.Equal(
            "bob checks CRLs, and none of the authorities that it trusts issues one, so it would let nobody in",
            Assert.IsType<ConfigOutcome.Refused>(Write(ConfigProgram.Nginx, Side.Server, without)).Why);
        Assert.Equal(
            "amy checks CRLs, and dotnet cannot verify those of ca, whose key is neither RSA nor EC",
            Assert.IsType<ConfigOutcome.Refused>(Write(ConfigProgram.DotNet, Side.Client, edwards)).Why);
        Assert.IsType<ConfigOutcome.Written>(Write(ConfigProgram.Curl, Side.Client, edwards));
    }

    private static Scenario Checking(Scenario scenario) => scenario.WithParties(certificate => certificate with { ChecksRevocation = true });

    private static ConfigOutcome Write(ConfigProgram program, Side side, Scenario scenario) => side == Side.Server
        ? ConfigWriter.Server(program, ArticleScenario.Bob(scenario), "bob")
        : ConfigWriter.Client(program, ArticleScenario.Amy(scenario), "amy");

    private static IEnumerable<string> Lines(ConfigOutcome outcome) => outcome switch
    {
        ConfigOutcome.Written written => written.Files.SelectMany(file => file.Text.Split('\n')).Where(line => line.Length > 0),
        ConfigOutcome.Refused refused => [$"{refused.Why}; {refused.Hint}"],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
