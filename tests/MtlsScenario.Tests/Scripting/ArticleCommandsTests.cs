using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Scripting;
using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

/// <summary>The bare profile prints the commands of "Using MTLS", of which these are copies, word for word.</summary>
public sealed partial class ArticleCommandsTests
{
    private const string OneCa = """
        openssl req \
        -new \
        -x509 \
        -nodes \
        -days 365 \
        -subj '/CN=my-ca' \
        -keyout ca.key \
        -out ca.crt
        openssl genrsa -out bob_server.key 2048
        openssl req \
        -new \
        -key bob_server.key \
        -subj '/CN=localhost' \
        -out bob_server.csr
        openssl x509 \
        -req \
        -in bob_server.csr \
        -CA ca.crt \
        -CAkey ca.key \
        -CAcreateserial \
        -days 365 \
        -out bob_server.crt
        openssl genrsa -out amy_client.key 2048
        openssl req \
        -new \
        -key amy_client.key \
        -subj '/CN=amy-client' \
        -out amy_client.csr
        openssl x509 \
        -req \
        -in amy_client.csr \
        -CA ca.crt \
        -CAkey ca.key \
        -CAcreateserial \
        -days 365 \
        -out amy_client.crt
        """;

    private const string Bob = """
        openssl req \
        -new \
        -x509 \
        -nodes \
        -days 365 \
        -subj '/CN=bob-ca' \
        -keyout bob_ca.key \
        -out bob_ca.crt
        openssl genrsa -out bob_server.key 2048
        openssl req \
        -new \
        -key bob_server.key \
        -subj '/CN=localhost' \
        -out bob_server.csr
        openssl x509 \
        -req \
        -in bob_server.csr \
        -CA bob_ca.crt \
        -CAkey bob_ca.key \
        -CAcreateserial \
        -days 365 \
        -out bob_server.crt
        """;

    private const string Amy = """
        openssl req \
        -new \
        -x509 \
        -nodes \
        -days 365 \
        -subj '/CN=amy-ca' \
        -keyout amy_ca.key \
        -out amy_ca.crt
        openssl genrsa -out amy_client.key 2048
        openssl req \
        -new \
        -key amy_client.key \
        -subj '/CN=amy-client' \
        -out amy_client.csr
        openssl x509 \
        -req \
        -in amy_client.csr \
        -CA amy_ca.crt \
        -CAkey amy_ca.key \
        -CAcreateserial \
        -days 365 \
        -out amy_client.crt
        """;

    [Fact]
    public void With_one_ca() => Assert.Equal(Lines(OneCa), CommandsOf(ShippedScript.Of("amy-bob-bare")));

    [Fact]
    public void With_distinct_cas()
    {
        string yaml = Encoding.UTF8.GetString(ShippedScenarios.Content("amy-bob-distinct-cas")) + "\ndefaults: { profile: bare }\n";
        string script = ShippedScript.Of(ShippedScript.PlanOfText(yaml));

        Assert.Equal(Lines(Bob + "\n" + Amy), CommandsOf(script));
    }

    /// <summary>The plain script has nothing but these, with several options on a line.</summary>
    [Fact]
    public void In_the_plain_script_too() => Assert.Equal(
        OneCa.Replace("\\\n", "", StringComparison.Ordinal).Split('\n'),
        CommandsOf(PlainScript.Write(ShippedScript.PlanOf("amy-bob-bare"))));

    [Theory]
    [InlineData("bob", Bob)]
    [InlineData("amy", Amy)]
    public void Each_runs_its_own(string actor, string commands)
    {
        string yaml = Encoding.UTF8.GetString(ShippedScenarios.Content("amy-bob-distinct-cas")) + "\ndefaults: { profile: bare }\n";
        string script = ShippedScript.Of(ShippedScript.PlanOfText(yaml), actor);

        Assert.Equal(Lines(commands), CommandsOf(script));
    }

    /// <summary>What runs in an empty folder: the steps, without the branch for a key that is there already.</summary>
    private static string[] CommandsOf(string script)
    {
        string steps = script[script.IndexOf("\n# 1. [", StringComparison.Ordinal)..];
        string inAnEmptyFolder = ElseBranch().Replace(steps, "");
        return [.. Lines(Command().Matches(inAnEmptyFolder).Select(match => match.Value).Aggregate("", (all, one) => $"{all}{one}\n"))];
    }

    private static string[] Lines(string commands) =>
        commands.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^else\n.*?^fi$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ElseBranch();

    [GeneratedRegex(@"^ *openssl (.*\\\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
