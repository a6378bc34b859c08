using System.Runtime.CompilerServices;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Windows;

/// <summary>
/// The Windows build, run by Wine on the files of this machine. Wine has neither the EC keys nor the TLS of Windows; all else
/// is tried here: paths, folders, locks, the console, RSA and Ed25519 keys, and what is printed.
/// </summary>
public sealed class WindowsBuildTests : IDisposable
{
    private static readonly string[] _printed = ["amy-bob", "amy-bob-distinct-cas", "key-kinds"];

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rsa-2048")]
    [InlineData("ed25519")]
    public async Task What_it_issues_openssl_verifies_and_this_system_s_build_has_nothing_to_add(string key)
    {
        _folder.Write("shop.yaml", Shop(key));

        Assert.EndsWith("Issued 4 certificates in ./shop.\n", (await RunAsync("apply", "shop.yaml")).Output, StringComparison.Ordinal);
        ToolRun again = await RunAsync("apply", "shop.yaml");
        ToolRun plan = await _folder.RunInProcessAsync(new InProcessSetup(), "plan", "shop.yaml");

        Assert.Equal(new ToolRun(0, "Nothing to do: ./shop is in step with shop.\n", ""), again);

        // The mode of a key may be another on Windows, which has none; all else is as it must be.
        Assert.Equal(0, plan.ExitCode);
        Assert.DoesNotContain("new ", plan.Output, StringComparison.Ordinal);
        BufferedCommandResult verified = await Cli.Wrap(Needs.Program("openssl"))
            .WithArguments([
                "verify", "-x509_strict", "-no-CApath", "-no-CAfile", "-trusted", "shop/root/root.crt", "-untrusted", "shop/shop/shop_server.chain.crt",
                "shop/shop/shop_server.crt", "shop/amy/amy_client.crt"])
            .WithWorkingDirectory(_folder.Root)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        Assert.Equal("shop/shop/shop_server.crt: OK\nshop/amy/amy_client.crt: OK\n", verified.StandardOutput + verified.StandardError);
        Assert.All(
            Directory.GetFiles(_folder.PathOf("shop"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain('\r', File.ReadAllText(file)));
    }

    [Fact]
    public async Task A_key_is_kept_and_put_aside_when_a_new_one_is_asked_for()
    {
        _folder.Write("shop.yaml", Shop("ed25519"));
        await RunAsync("apply", "shop.yaml");
        string old = _folder.Read("shop/shop/shop_server.key");

        Assert.Equal(0, (await RunAsync("apply", "shop.yaml", "--renew")).ExitCode);
        Assert.Equal(old, _folder.Read("shop/shop/shop_server.key"));
        Assert.Equal(0, (await RunAsync("apply", "shop.yaml", "--new-key", "shop_server")).ExitCode);

        string aside = Assert.Single(Directory.GetFiles(_folder.PathOf("shop/shop"), ".shop_server.key.*"));
        Assert.Equal(old, File.ReadAllText(aside));
        Assert.NotEqual(old, _folder.Read("shop/shop/shop_server.key"));
    }

    [Fact]
    public async Task Two_at_once_on_one_folder_are_refused()
    {
        // Keys that take seconds, so that the first is at work while the second comes.
        _folder.Write("slow.yaml", """
            name: slow
            defaults: { key: rsa-4096 }
            authorities: { ca: { subject: /CN=ca, key: ed25519 } }
            parties: { till: { replicas: 40, client: { subject: "/CN=till-{n}", issuer: ca, trusts: [ca] } } }
            """);
        Needed();
        using var end = new CancellationTokenSource();
        CommandTask<CommandResult> first = Cli.Wrap(Binary())
            .WithArguments(["apply", "slow.yaml"])
            .WithWorkingDirectory(_folder.Root)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(end.Token);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (!File.Exists(_folder.PathOf($"slow/{FileNames.LockFile}")))
        {
            Assert.False(first.Task.IsCompleted, "it was done before the second came");
            await pause.WaitForNextTickAsync(patience.Token);
        }

        ToolRun second = await RunAsync("apply", "slow.yaml");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Task);

        Assert.Equal((3, ""), (second.ExitCode, second.Output));
        Assert.StartsWith("error: another mtls-scenario is at work on ", second.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("script")]
    [InlineData("plan")]
    [InlineData("graph")]
    public async Task What_it_prints_is_what_this_system_s_build_prints(params string[] command)
    {
        foreach (string name in _printed)
        {
            string file = ShippedScenarios.FileOf(name);

            ToolRun windows = await RunAsync([.. command, file]);
            ToolRun here = await _folder.RunInProcessAsync(new InProcessSetup(), [.. command, file]);

            Assert.Equal((0, 0), (windows.ExitCode, here.ExitCode));
            Assert.Equal(here.Output, windows.Output);
        }
    }

    [Fact]
    public async Task Paths_are_those_of_Windows_and_what_is_written_into_files_is_not()
    {
        _folder.Write("deep/shop.yaml", Shop("ed25519"));

        ToolRun apply = await RunAsync("apply", @"deep\shop.yaml", "-d", @"deep\certs\new");
        ToolRun script = await RunAsync("script", @".\deep\shop.yaml", "-o", @"deep\shop.sh");
        ToolRun drive = await RunAsync("validate", @"Z:" + _folder.PathOf("deep/shop.yaml").Replace('/', '\\'));

        Assert.Equal((0, 0, 0), (apply.ExitCode, script.ExitCode, drive.ExitCode));
        Assert.True(File.Exists(_folder.PathOf("deep/certs/new/shop/shop_server.chain.crt")));
        Assert.Equal((await _folder.RunInProcessAsync(new InProcessSetup(), "script", "deep/shop.yaml")).Output, _folder.Read("deep/shop.sh"));
        Assert.DoesNotContain('\r', _folder.Read("deep/shop.sh"));
    }

    [Fact]
    public async Task The_console_speaks_UTF_8_and_exit_codes_are_the_same()
    {
        _folder.Write("wide.yaml", "name: wide\nauthorities: { ca: { subject: /O=Äö日本/CN=ca, key: ed25519 } }\n");
        _folder.Write("wrong.yaml", "name: wrong\nauthorities: { ca: { subjct: /O=日本 } }\n");

        ToolRun shown = await RunAsync("show", "wide.yaml");
        ToolRun wrong = await RunAsync("validate", "wrong.yaml");
        ToolRun missing = await RunAsync("show", "wide.yaml", "-d", "nowhere");

        Assert.Contains("/O=Äö日本/CN=ca\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean \"subject\"?\n", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((0, 2, 3), (shown.ExitCode, wrong.ExitCode, missing.ExitCode));
    }

    private static string Shop(string key) => $$"""
        name: shop
        folders: by-party
        defaults: { key: {{key}} }
        authorities:
          root: { subject: /O=Äö/CN=root }
          ca: { subject: /CN=ca, issuer: root }
        parties:
          shop: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy, issuer: ca } }
        connections: [amy -> shop]
        """;

    private Task<ToolRun> RunAsync(params string[] arguments)
    {
        Needed();
        return BinaryRunner.RunAsync(Binary(), _folder.Root, "", arguments);
    }

    /// <summary>Without Wine these tests are skips even where all else must be there.</summary>
    private static void Needed()
    {
        Needs.Programs("sh", "unshare", "mount", "chroot");
        Needs.IfPossible(
            File.Exists(Path.Combine(Path.GetDirectoryName(Binary())!, "../../.wine/tool/mtls-scenario.exe")),
            "Wine and the Windows build (sh tests/wine/fetch.sh)");
    }

    private static string Binary([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../wine/mtls-scenario"));
}
