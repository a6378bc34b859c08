using System.Text.Json;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>Formats, as plan, apply and show speak of them.</summary>
public sealed class FormatCommandTests : IDisposable
{
    private const string Scenario = """
        name: stores
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, formats: [p12, truststore, p7b, kubernetes], password: { file: secrets/bob } } }
          amy: { client: { subject: /CN=amy, issuer: ca, formats: [p12, truststore] } }
        connections: [amy -> bob]
        """;

    private readonly WorkFolder _folder = new();

    public FormatCommandTests() => _folder.Write("x/stores.yaml", Scenario);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_its_password_nothing_is_made_and_the_exit_code_says_so()
    {
        ToolRun run = await _folder.RunAsync("apply", "x/stores.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(
            "error: the password of bob_server is to be in secrets/bob, which is not there\n"
            + "  hint: it is one line of 6 to 1023 printable ASCII characters\n",
            run.Error);
        Assert.False(Directory.Exists(_folder.PathOf("stores")));
    }

    /// <summary>The password's file is found beside the scenario, wherever the tool is run.</summary>
    [Fact]
    public async Task They_are_made_and_named_and_the_password_that_everybody_knows_is_said()
    {
        _folder.WriteSecret("x/secrets/bob", "correct horse\n");

        ToolRun run = await _folder.RunAsync("apply", "x/stores.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith(
            """
            amy_client  new ec-p256 key
                        new request
                        new certificate
                        new amy_client.p12
                        new amy_client.trust.p12
            Issued 3 certificates in ./stores.
            The password of amy_client.p12 is changeit, which everybody knows.

            """,
            run.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", run.Output, StringComparison.Ordinal);
        ToolRun again = await _folder.RunAsync("plan", "x/stores.yaml", "--check");
        Assert.Equal((0, "Nothing to do: ./stores is in step with stores.\n"), (again.ExitCode, again.Output));
    }

    [Fact]
    public async Task Programs_are_told_of_each_file()
    {
        _folder.WriteSecret("x/secrets/bob", "correct horse\n");
        await _folder.RunAsync("apply", "x/stores.yaml");
        _folder.WriteSecret("x/secrets/bob", "another horse\n");

        using var plan = JsonDocument.Parse((await _folder.RunAsync("plan", "x/stores.yaml", "--json")).Output);

        JsonElement file = Assert.Single(plan.RootElement.GetProperty("certificates").EnumerateArray().SelectMany(certificate => certificate.GetProperty("files").EnumerateArray()));
        Assert.Equal(("bob_server.p12", "another password, or damaged"), (file.GetProperty("path").GetString(), file.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("amy_client.p12", "PKCS#12 file            amy_client.p12, alias amy_client, AES-256-CBC,")]
    [InlineData("bob_server.trust.p12", "trust store file        bob_server.trust.p12, alias ca, trusted by Java, not")]
    [InlineData("bob_server.p7b", "PKCS#7 file             bob_server.p7b")]
    [InlineData("bob_server.secret.yaml", "Secret file             bob_server.secret.yaml")]
    [InlineData("bob_server.trust.yaml", "ConfigMap file          bob_server.trust.yaml")]
    public async Task Show_opens_each_and_shows_no_key(string file, string line)
    {
        _folder.WriteSecret("x/secrets/bob", "correct horse\n");
        await _folder.RunAsync("apply", "x/stores.yaml");

        ToolRun run = await _folder.RunAsync("show", $"stores/{file}");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"  {line}\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_opened_with_the_password_that_is_said_in_a_file_or_asked_for()
    {
        _folder.WriteSecret("x/secrets/bob", "correct horse\n");
        _folder.WriteSecret("wrong", "another horse\n");
        await _folder.RunAsync("apply", "x/stores.yaml");

        ToolRun unsaid = await _folder.RunAsync("show", "stores/bob_server.p12");
        ToolRun wrong = await _folder.RunAsync("show", "stores/bob_server.p12", "--password-file", "wrong");
        ToolRun right = await _folder.RunAsync("show", "stores/bob_server.p12", "--password-file", "x/secrets/bob");

        Assert.Equal(
            (3, "error: stores/bob_server.p12 has a password\n  hint: --password-file FILE names it, or MTLS_SCENARIO_PASSWORD in the environment\n"),
            (unsaid.ExitCode, unsaid.Error));
        Assert.Equal((3, "error: stores/bob_server.p12 has another password, or is damaged\n"), (wrong.ExitCode, wrong.Error));
        Assert.Equal(0, right.ExitCode);
        Assert.Contains("alias bob_server", right.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_others_may_read_is_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_folder.Write("x/secrets/bob", "correct horse\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        ToolRun run = await _folder.RunAsync("apply", "x/stores.yaml");
        ToolRun shown = await _folder.RunAsync("show", "stores/bob_server.p12", "--password-file", "x/secrets/bob");

        Assert.Equal((0, "warning: secrets/bob, which has a password, is open to others than its owner: chmod 600 closes it\n"), (run.ExitCode, run.Error));
        Assert.Equal((0, "warning: x/secrets/bob, which has a password, is open to others than its owner\n  hint: chmod 600 closes it\n"), (shown.ExitCode, shown.Error));
    }

    /// <summary>The manifest of a Secret holds a key, although nothing in it looks like one.</summary>
    [Fact]
    public async Task The_manifest_of_a_Secret_is_no_file_to_write_into()
    {
        _folder.WriteSecret("x/secrets/bob", "correct horse\n");
        await _folder.RunAsync("apply", "x/stores.yaml");
        string before = _folder.Read("stores/bob_server.secret.yaml");

        ToolRun run = await _folder.RunAsync("show", "x/stores.yaml", "-o", "stores/bob_server.secret.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, _folder.Read("stores/bob_server.secret.yaml"));
    }
}
