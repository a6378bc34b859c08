using Xunit;

namespace MtlsScenario.Tool.Tests;

/// <summary>A hint that names a command names all of it, so that it can be pasted.</summary>
public sealed class HintTests : IDisposable
{
    private const string Scenario = """
        name: pair
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=pair-ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, listen: "localhost:1" } }
          eddy: { peer: { subject: /CN=localhost, issuer: ca, key: ed25519 } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
        connections: [amy -> bob, eddy -> bob]
        """;

    private const string Quoted = "'it'\\''s mine.yaml'";

    private readonly WorkFolder _work = new();

    public HintTests() => _work.Write("it's mine.yaml", Scenario);

    [Theory]
    [InlineData($"mtls-scenario apply {Quoted} -d 'my certs'", "show", "-d", "my certs")]
    [InlineData($"mtls-scenario apply {Quoted} -d 'my certs'", "snapshot", "-d", "my certs")]
    [InlineData($"mtls-scenario apply {Quoted} -d 'my certs'", "report", "-d", "my certs", "-o", "page.html")]
    [InlineData($"mtls-scenario apply {Quoted} -d 'my certs'", "test", "-d", "my certs")]
    [InlineData($"mtls-scenario apply {Quoted} -d 'my certs' makes what is missing, and mtls-scenario plan {Quoted} -d 'my certs' says", "call", "amy", "-d", "my certs")]
    [InlineData($"mtls-scenario apply {Quoted} makes what is missing, and mtls-scenario plan {Quoted} says", "serve", "bob")]
    [InlineData($"mtls-scenario snapshot {Quoted} --accept takes it", "snapshot")]
    public async Task It_has_the_file_and_the_folder_as_they_were_typed(string command, string name, params string[] rest)
    {
        ToolRun run = await _work.RunAsync([name, "it's mine.yaml", .. rest]);

        Assert.Contains(command, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"mtls-scenario serve {Quoted} bob -d certs runs it", "call", "amy")]
    [InlineData($"mtls-scenario config {Quoted} eddy --for openssl --role client -d certs configures", "call", "eddy")]
    [InlineData($"mtls-scenario config {Quoted} eddy --for openssl --role server -d certs configures", "serve", "eddy")]
    public async Task It_has_the_party_too(string command, string name, string party)
    {
        await _work.RunAsync("apply", "it's mine.yaml", "-d", "certs");

        ToolRun run = await _work.RunAsync(name, "it's mine.yaml", party, "-d", "certs");

        Assert.Contains(command, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_only_a_new_one_can_replace_comes_with_that_command()
    {
        await _work.RunAsync("apply", "it's mine.yaml", "-d", "certs");
        _work.Write("certs/ca.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        ToolRun run = await _work.RunAsync("plan", "it's mine.yaml", "-d", "certs");

        Assert.Contains($": mtls-scenario apply {Quoted} --new-key ca -d certs\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_after_init_can_be_pasted()
    {
        ToolRun run = await _work.RunAsync("init", "-o", "my own.yaml");

        Assert.Equal("Wrote my own.yaml. Next: mtls-scenario apply 'my own.yaml'\n", run.Output);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named_and_not_the_one_beside_it()
    {
        string long255 = new('x', 255);

        ToolRun run = await _work.RunAsync("schema", "-o", long255 + "x");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal($"error: cannot write {_work.PathOf(long255 + "x")}: the name is too long\n", run.Error);
    }

    public void Dispose() => _work.Dispose();
}
