using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Running;

/// <summary>The tool on a terminal, which <c>script</c> of util-linux plays; <c>wc</c> says how wide the lines are there.</summary>
public sealed class PseudoTerminalTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly ToolFolder _folder = new();

    public PseudoTerminalTests() => _folder.Write("wide.yaml", $$"""
        name: wide
        description: {{string.Concat(Enumerable.Repeat("相互認証の図", 30))}}
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /O=株式会社{{new string('例', 25)}}/CN=認証局 } }
        parties:
          bob: { server: { subject: /O=한국어{{new string('例', 25)}}/CN=localhost, issuer: ca, names: [localhost] } }
          amy: { client: { subject: /O=株式会社{{new string('例', 25)}}/CN=エイミー, issuer: ca } }
        connections: [amy -> bob]
        """);

    [Theory]
    [InlineData(40)]
    [InlineData(63)]
    [InlineData(150)]
    public async Task No_line_is_wider_than_the_terminal(int columns)
    {
        foreach (string command in (string[])["graph wide.yaml", "graph wide.yaml --steps", "show wide.yaml", "plan wide.yaml", "test wide.yaml"])
        {
            // A message is one line, for what it names is to be pasted; the terminal breaks it.
            string said = await OnTerminalAsync($"stty cols {columns}; {Tool} {command} 2>/dev/null");

            string widest = (await Cli.Wrap("wc")
                .WithArguments(["-L"])
                .WithEnvironmentVariables(variables => variables.Set("LC_ALL", "C.UTF-8"))
                .WithStandardInputPipe(PipeSource.FromString(Plain(said)))
                .ExecuteBufferedAsync()).StandardOutput;
            Assert.Contains("wide", said, StringComparison.Ordinal);
            Assert.InRange(int.Parse(widest, CultureInfo.InvariantCulture), 1, columns);
        }
    }

    [Theory]
    [InlineData("validate wide.yaml nothing.yaml")]
    [InlineData("graph wide.yaml")]
    [InlineData("test wide.yaml")]
    [InlineData("test wide.yaml --stack openssl")]
    [InlineData("apply wide.yaml --engine openssl")]
    [InlineData("graph -")]
    public async Task It_leaves_the_terminal_as_it_was(string command)
    {
        string said = await OnTerminalAsync($"stty -g; {Tool} {command}; stty -g", "name: x\nauthorities: { ca: { subject: /CN=ca } }\n\u0004");

        string[] modes = [.. said.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Split(':').Length > 30)];
        Assert.True(modes.Length == 2, said);
        Assert.Equal(modes[0], modes[1]);

        // Colours are set and taken back; nothing else is ever set: no mode of the keys, no hidden cursor.
        Assert.DoesNotMatch("\e[^\\[]|\e\\[[^0-9K]", said);
        Assert.DoesNotMatch("\e\\[[0-9;]*[^0-9;mK]", said);
        Assert.DoesNotMatch("\e\\[[1-9][0-9;]*m[^\e]*$", said);
    }

    /// <summary>Whoever pastes types as soon as the question is there, and no character of it is shown; what was typed before is not taken.</summary>
    [Theory]
    [InlineData("show stores/bob_peer.p12", "correct horse\n", "alias bob_peer")]
    [InlineData("show stores/bob_peer.p12", "correct house\n", "bob_peer.p12 has another password, or is damaged")]
    [InlineData("show stores/bob_peer.p12", "\u0004", "bob_peer.p12 has a password, and none was given")]
    [InlineData("show stores/bob_peer.p12", "corr\u0003", "cancelled")]
    [InlineData("test stores.yaml", "correct horse\n", "2 passed, 0 failed")]
    [InlineData("call stores.yaml bob https://localhost:1/", "correct horse\n", "nobody listens on localhost:1")]
    [InlineData("test stores.yaml --server openssl", "correct horse\n", "the key of bob is in a store alone")]
    public async Task A_password_is_asked_for_and_not_shown(string command, string typed, string answer)
    {
        _folder.Write("secret", "correct horse");
        _folder.Write("stores.yaml", """
            name: stores
            defaults: { key: ec-p256, formats: [p12, truststore] }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { peer: { subject: /CN=bob, names: [localhost], issuer: ca, password: { file: secret } } }
              amy: { client: { subject: /CN=amy, issuer: ca } }
            connections: [amy -> bob]
            """);
        string made = await OnTerminalAsync($"{Tool} apply stores.yaml && rm stores/*.key secret");
        Assert.False(File.Exists(_folder.At("secret")), made);
        // Ctrl-C is for all that run on the terminal, the shell too, which is to outlive it.
        using Process terminal = Start($"trap : INT; stty -g; read go; {Tool} {command}; stty -g");
        await terminal.StandardInput.WriteAsync("go\ntoo soon\n");
        await terminal.StandardInput.FlushAsync();
        string said = await AnswerAsync(terminal, "password of ", typed);

        string[] lines = [.. said.Split('\n').Select(line => line.TrimEnd('\r'))];
        string[] modes = [.. lines.Where(line => line.Split(':').Length > 30)];
        Assert.Contains(answer, string.Join(' ', Plain(said).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotMatch("correct ho|corr[^e]", said);
        Assert.True(modes.Length == 2, said);
        Assert.Equal(modes[0], modes[1]);
    }

    [Fact]
    public async Task Progress_that_is_interrupted_leaves_no_trace()
    {
        _folder.Write("fleet.yaml", """
            name: fleet
            authorities: { ca: { subject: /CN=ca, key: ec-p256 } }
            parties: { device: { replicas: 3000, client: { subject: "/CN=device-{n}", issuer: ca, key: rsa-3072 } } }
            """);
        using Process terminal = Start($"echo $$ > pid; exec {Tool} apply fleet.yaml");
        var said = new StringBuilder();
        using var timeout = new CancellationTokenSource(s_patience);
        char[] buffer = new char[1024];
        bool isInterrupted = false;
        while (await terminal.StandardOutput.ReadAsync(buffer, timeout.Token) is > 0 and var read)
        {
            said.Append(buffer, 0, read);
            if (!isInterrupted && said.ToString().Contains("of 3,001 certificates", StringComparison.Ordinal))
            {
                isInterrupted = true;
                await Cli.Wrap(Needs.Program("kill")).WithArguments(["-INT", (await File.ReadAllTextAsync(_folder.At("pid"))).Trim()]).ExecuteAsync();
            }
        }

        Assert.True(isInterrupted, said.ToString());
        Assert.Matches("\r\e\\[K[^\r]*error.{0,8}: cancelled\r\n$", said.ToString());
        Assert.DoesNotContain("\e[?", said.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Tool => $"dotnet '{ToolFolder.Tool}'";

    private static string Plain(string said) =>
        System.Text.RegularExpressions.Regex.Replace(said.Replace("\r\n", "\n", StringComparison.Ordinal), "[^\n]*\r|\e\\[[0-9;]*[mK]", "");

    private async Task<string> OnTerminalAsync(string commands, string typed = "")
    {
        using Process terminal = Start(commands);
        await terminal.StandardInput.WriteAsync(typed);
        await terminal.StandardInput.FlushAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        return await terminal.StandardOutput.ReadToEndAsync(timeout.Token);
    }

    /// <summary>Types as soon as something is said, and returns all that is.</summary>
    private static async Task<string> AnswerAsync(Process terminal, string question, string typed)
    {
        var said = new StringBuilder();
        using var timeout = new CancellationTokenSource(s_patience);
        char[] buffer = new char[1024];
        bool isAsked = false;
        while (await terminal.StandardOutput.ReadAsync(buffer, timeout.Token) is > 0 and var read)
        {
            said.Append(buffer, 0, read);
            if (!isAsked && said.ToString().Contains(question, StringComparison.Ordinal))
            {
                isAsked = true;
                await terminal.StandardInput.WriteAsync(typed);
                await terminal.StandardInput.FlushAsync(timeout.Token);
            }
        }

        return said.ToString();
    }

    private Process Start(string commands) => Process.Start(new ProcessStartInfo(Needs.Program("script"), ["-qefc", commands, "/dev/null"])
    {
        WorkingDirectory = _folder.Root,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["TERM"] = "xterm", ["NO_COLOR"] = "" },
    })!;
}
