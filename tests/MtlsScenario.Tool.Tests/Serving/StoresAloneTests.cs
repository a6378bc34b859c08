using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace MtlsScenario.Tool.Tests.Serving;

/// <summary>Parties that have their stores and nothing else.</summary>
public sealed class StoresAloneTests : IDisposable
{
    private const string Scenario = """
        name: stores
        defaults: { key: ec-p256, formats: [p12, truststore] }
        authorities:
          ca: { subject: /CN=ca }
          issuing: { subject: /CN=issuing, issuer: ca }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: issuing, listen: "localhost:3000", trusts: [ca], password: { file: secret } } }
          amy: { client: { subject: /CN=amy, issuer: issuing, trusts: [ca] } }
        connections: [amy -> bob]
        """;

    private const string Passed = "\n2 passed, 0 failed\n";

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_are_tried_with_the_passwords_that_the_scenario_names_and_stay_the_only_files()
    {
        await ApplyAsync();

        ToolRun run = await _folder.RunAsync("test", "stores.yaml", "-d", "stores");
        ToolRun found = await _folder.RunAsync("test", "stores.yaml");

        Assert.EndsWith(Passed, run.Output, StringComparison.Ordinal);
        Assert.EndsWith(Passed, found.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["amy_client.p12", "amy_client.trust.p12", "bob_server.p12", "bob_server.trust.p12"], Files());
    }

    [Fact]
    public async Task A_password_is_said_in_a_file_or_asked_for_and_another_opens_nothing()
    {
        await ApplyAsync();
        File.Move(_folder.PathOf("secret"), _folder.PathOf("moved"));
        _folder.WriteSecret("wrong", "another horse\n");
        List<string> questions = [];
        InProcessSetup Answering(string answer) => new()
        {
            Answer = question =>
            {
                questions.Add(question);
                return answer;
            },
        };

        ToolRun said = await _folder.RunAsync("test", "stores.yaml", "--password-file", "moved");
        ToolRun unsaid = await _folder.RunAsync("test", "stores.yaml");
        ToolRun wrong = await _folder.RunAsync("test", "stores.yaml", "--password-file", "wrong");
        ToolRun asked = await _folder.RunInProcessAsync(Answering("correct horse"), "test", "stores.yaml");
        ToolRun mistyped = await _folder.RunInProcessAsync(Answering("correct house"), "test", "stores.yaml");

        Assert.EndsWith(Passed, said.Output, StringComparison.Ordinal);
        Assert.Equal((3, 3), (unsaid.ExitCode, wrong.ExitCode));
        Assert.Contains("bob_server.p12 cannot be opened", unsaid.Output, StringComparison.Ordinal);
        Assert.EndsWith(Passed, asked.Output, StringComparison.Ordinal);
        Assert.Equal((3, "error: bob_server.p12 has another password, or is damaged\n"), (mistyped.ExitCode, mistyped.Error[mistyped.Error.IndexOf("error", StringComparison.Ordinal)..]));
        Assert.Equal(["password of bob_server.p12: ", "password of bob_server.p12: "], questions);
    }

    [Theory]
    [InlineData("serve", "bob")]
    [InlineData("call", "amy")]
    public async Task Without_its_password_a_party_is_not_played(string command, string party)
    {
        await ApplyAsync(Scenario.Replace("subject: /CN=amy", "password: { file: secret }, subject: /CN=amy", StringComparison.Ordinal));
        File.Delete(_folder.PathOf("secret"));

        ToolRun run = await _folder.RunAsync(command, "stores.yaml", party);

        string stem = party == "bob" ? "bob_server" : "amy_client";
        Assert.Equal(
            (3, $"error: {stem}.p12 cannot be opened: it has another password (or was changed)\n  hint: --password-file FILE names it, or MTLS_SCENARIO_PASSWORD in the environment\n"),
            (run.ExitCode, run.Error[run.Error.IndexOf("error", StringComparison.Ordinal)..]));
    }

    /// <summary>Others put the root in, and the certificates in any order.</summary>
    [Fact]
    public async Task Stores_of_another_maker_are_taken_too()
    {
        await ApplyAsync();
        using X509Certificate2 own = X509CertificateLoader.LoadPkcs12FromFile(_folder.PathOf("stores/bob_server.p12"), "correct horse", X509KeyStorageFlags.Exportable);
        X509Certificate2Collection all =
        [
            .. X509CertificateLoader.LoadPkcs12CollectionFromFile(_folder.PathOf("stores/bob_server.trust.p12"), "changeit"),
            .. X509CertificateLoader.LoadPkcs12CollectionFromFile(_folder.PathOf("stores/bob_server.p12"), "correct horse").Where(certificate => !certificate.HasPrivateKey),
            own,
        ];
        Assert.Equal(3, all.Count);
        await File.WriteAllBytesAsync(_folder.PathOf("stores/bob_server.p12"), all.Export(X509ContentType.Pkcs12, "correct horse")!);

        ToolRun run = await _folder.RunAsync("test", "stores.yaml");

        Assert.EndsWith(Passed, run.Output, StringComparison.Ordinal);
    }

    private string[] Files() => [.. Directory.GetFiles(_folder.PathOf("stores")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private async Task ApplyAsync(string scenario = Scenario)
    {
        _folder.Write("stores.yaml", scenario);
        _folder.WriteSecret("secret", "correct horse\n");
        ToolRun run = await _folder.RunAsync("apply", "stores.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        foreach (string file in Files().Where(file => !file.EndsWith(".p12", StringComparison.Ordinal)))
        {
            File.Delete(_folder.PathOf($"stores/{file}"));
        }
    }
}
