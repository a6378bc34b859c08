using System.Runtime.Versioning;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>Whose keys and folders are, as <c>stat</c> and the users of the machine see it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnershipTests : ProgramTest
{
    public OwnershipTests()
        : base("shop") => File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

    [RootFact]
    public async Task A_key_keeps_its_owner_its_group_and_its_mode_and_so_does_a_new_one_in_its_place()
    {
        Needs.Programs("sh", "openssl");
        await ApplyAsync();
        await RunAsync("chown", "daemon:mail", "shop/bob_server.key");
        await RunAsync("chmod", "640", "shop/bob_server.key");

        Assert.Equal("", (await ApplyAsync()).StandardError);
        Assert.Equal("daemon:mail 640", await StatAsync("shop/bob_server.key"));
        string old = await File.ReadAllTextAsync(At("shop/bob_server.key"));

        foreach (string engine in new[] { "native", "openssl" })
        {
            await ApplyAsync("--new-key", "bob_server", "--engine", engine);
            Assert.Equal("daemon:mail 640", await StatAsync("shop/bob_server.key"));
        }

        string[] kept = [.. Directory.GetFiles(At("shop"), ".bob_server.key.*").Order(StringComparer.Ordinal)];
        Assert.Equal(2, kept.Length);
        Assert.Contains(old, kept.Select(File.ReadAllText));
        Assert.All(kept, file => Assert.Equal("daemon:mail 640", StatAsync(file).Result));
    }

    [RootFact]
    public async Task Who_may_not_give_a_key_to_its_owner_makes_none()
    {
        await LetNobodyInAsync();
        Assert.Equal(0, (await AsNobodyAsync("apply", "shop.yaml", "-d", "own/shop")).ExitCode);
        await RunAsync("chown", "daemon:mail", "own/shop/bob_server.key");
        await RunAsync("chmod", "644", "own/shop/bob_server.key");
        string before = await File.ReadAllTextAsync(At("own/shop/bob_server.key"));

        BufferedCommandResult kept = await AsNobodyAsync("apply", "shop.yaml", "-d", "own/shop");
        Assert.Equal(
            (0, "warning: bob_server.key is open to others than its owner; it belongs to daemon, so its mode is left as it is\n"),
            (kept.ExitCode, kept.StandardError));

        BufferedCommandResult run = await AsNobodyAsync("apply", "shop.yaml", "-d", "own/shop", "--new-key", "all");

        Assert.Equal(
            (3, "error: bob_server.key belongs to daemon:mail, and its new key could not be given to them\n  hint: run this as root\n"),
            (run.ExitCode, run.StandardError));
        Assert.Equal(before, await File.ReadAllTextAsync(At("own/shop/bob_server.key")));
        Assert.Empty(Directory.GetFiles(At("own/shop"), ".*"));
    }

    [RootTheory]
    [InlineData("flat", "native", "711", "711", "shop/bob_server.key", "shop/amy_client.key")]
    [InlineData("flat", "openssl", "711", "711", "shop/bob_server.key", "shop/amy_client.key")]
    [InlineData("flat", "script", "711", "711", "shop/bob_server.key", "shop/amy_client.key")]
    [InlineData("by-party", "native", "711", "750", "shop/bob/bob_server.key", "shop/amy/amy_client.key")]
    [InlineData("by-party", "openssl", "711", "750", "shop/bob/bob_server.key", "shop/amy/amy_client.key")]
    [InlineData("by-party", "script", "711", "750", "shop/bob/bob_server.key", "shop/amy/amy_client.key")]
    public async Task A_new_key_is_its_group_s_to_read_and_the_others_are_not(
        string folders, string engine, string root, string inner, string key, string other)
    {
        Needs.Programs(engine == "openssl" ? ["sh", "openssl"] : []);
        Write($"{_scenario}\nfolders: {folders}\n".Replace("bob: {", "bob: { keyMode: \"0640\", keyGroup: mail,", StringComparison.Ordinal));
        if (engine == "script")
        {
            await File.WriteAllTextAsync(At("shop.sh"), (await RunAsync(_tool, "script", "shop.yaml")).StandardOutput);
            Assert.Equal("", (await RunAsync("sh", "shop.sh", "shop")).StandardError);
        }
        else
        {
            BufferedCommandResult run = await ApplyAsync("--engine", engine);
            Assert.Contains("bob_server  new ec-p256 key (0640, group mail)\n", run.StandardOutput, StringComparison.Ordinal);
        }

        Assert.Equal("root:mail 640", await StatAsync(key));
        Assert.Equal($"root:root {root}", await StatAsync("shop"));
        Assert.EndsWith($" {inner}", await StatAsync(Path.GetDirectoryName(key)!), StringComparison.Ordinal);
        Assert.Equal(0, (await InGroupAsync("mail", "cat", key)).ExitCode);
        Assert.NotEqual(0, (await InGroupAsync("mail", "cat", other)).ExitCode);
        Assert.NotEqual(0, (await InGroupAsync("games", "cat", key)).ExitCode);
        BufferedCommandResult plan = await RunAsync(_tool, "plan", "shop.yaml", "--check");
        Assert.Equal((0, ""), (plan.ExitCode, plan.StandardError));
    }

    [RootTheory]
    [InlineData("no-such-group", "this machine has no such group\n  hint: make it, or name another keyGroup\n")]
    [InlineData("mail", "nobody is not in it\n  hint: run this as root, or as a user who is in it\n")]
    public async Task A_group_that_is_unknown_or_cannot_be_given_stops_it_before_anything_is_written(string group, string said)
    {
        Write(_scenario.Replace("bob: {", $"bob: {{ keyMode: \"0640\", keyGroup: {group},", StringComparison.Ordinal));
        await LetNobodyInAsync();
        foreach (string command in new[] { "plan", "apply" })
        {
            BufferedCommandResult run = await AsNobodyAsync(command, "shop.yaml", "-d", "own/shop");

            Assert.Equal(
                (3, $"error: bob_server.key cannot be given to the group {group}: {said}"), (run.ExitCode, run.StandardError));
            Assert.Empty(Directory.GetFileSystemEntries(At("own")));
        }
    }

    [RootFact]
    public async Task A_folder_that_its_group_cannot_get_through_is_left_and_named()
    {
        Write($"{_scenario}\nfolders: by-party\n");
        await ApplyAsync();
        Directory.Delete(At("shop/bob"), recursive: true);
        Directory.CreateDirectory(At("shop/bob"), (UnixFileMode)0b111_000_000);
        Write($"{_scenario}\nfolders: by-party\n".Replace("bob: {", "bob: { keyMode: \"0640\", keyGroup: mail,", StringComparison.Ordinal));
        const string Expected =
            "warning: the group mail, which is to read bob/bob_server.key, cannot get through the folder of the certificates; its mode is left as it is\n"
            + "warning: the group mail, which is to read bob/bob_server.key, cannot get through bob/; its mode is left as it is\n";

        Assert.Equal(Expected, (await ApplyAsync()).StandardError);
        Assert.Equal(("root:root 700", "root:root 700"), (await StatAsync("shop"), await StatAsync("shop/bob")));

        await RunAsync("chgrp", "mail", "shop", "shop/bob");
        await RunAsync("chmod", "710", "shop", "shop/bob");
        Assert.Equal("", (await ApplyAsync()).StandardError);
    }

    [RootFact]
    public async Task Whose_an_authority_s_key_or_the_folder_is_is_said_on_every_run()
    {
        await ApplyAsync();
        await RunAsync("chown", "daemon", "shop", "shop/ca.key", "shop/bob_server.key");
        const string Expected =
            "warning: the folder of the certificates belongs to daemon, who may put any key into it\n"
            + "warning: ca.key belongs to daemon, who can sign as ca\n";

        foreach (string command in new[] { "plan", "apply", "apply" })
        {
            BufferedCommandResult run = await RunAsync(_tool, command, "shop.yaml");
            Assert.Equal((0, Expected), (run.ExitCode, run.StandardError));
        }

        Assert.Equal("", (await RunAsync("env", "SUDO_UID=1", _tool, "apply", "shop.yaml")).StandardError);
        Assert.Equal(Expected, (await RunAsync("env", "SUDO_UID=2", _tool, "apply", "shop.yaml")).StandardError);
    }

    [RootFact]
    public async Task By_party_it_is_the_folder_of_the_authority_that_counts()
    {
        Write($"{_scenario}\nfolders: by-party\n");
        await ApplyAsync();
        await RunAsync("chown", "-R", "daemon", "shop/bob", "shop/ca");

        Assert.Equal(
            "warning: ca/ca.key belongs to daemon, who can sign as ca\n"
            + "warning: ca/ belongs to daemon, who may put another key of ca into it\n",
            (await ApplyAsync()).StandardError);
    }

    [RootFact]
    public async Task A_forgotten_sudo_is_not_advised_to_make_a_new_authority()
    {
        await LetNobodyInAsync();
        await ApplyAsync();
        await RunAsync("chmod", "755", "shop");

        foreach (string[] arguments in new string[][] { [], ["--new-key", "ca"] })
        {
            BufferedCommandResult run = await AsNobodyAsync(["plan", "shop.yaml", .. arguments]);

            Assert.Equal(3, run.ExitCode);
            Assert.StartsWith(
                "error: ca.key is there and cannot be used: permission denied\n  hint: run this as a user who may read it\n",
                run.StandardError[run.StandardError.IndexOf("error", StringComparison.Ordinal)..],
                StringComparison.Ordinal);
            Assert.DoesNotContain("--new-key", run.StandardError, StringComparison.Ordinal);
        }
    }

    [RootFact]
    public async Task A_folder_that_is_not_the_plan_s_is_not_looked_into()
    {
        await LetNobodyInAsync();
        Assert.Equal(0, (await AsNobodyAsync("apply", "shop.yaml", "-d", "own/shop")).ExitCode);
        Directory.CreateDirectory(At("own/shop/lost+found"), (UnixFileMode)0b111_000_000);

        BufferedCommandResult run = await AsNobodyAsync("apply", "shop.yaml", "-d", "own/shop", "--renew");

        Assert.Equal((0, "left alone, for the scenario does not know it: lost+found/\n"), (run.ExitCode, run.StandardError));
    }

    private void Write(string scenario) => File.WriteAllText(At("shop.yaml"), scenario);

    private async Task<BufferedCommandResult> ApplyAsync(params string[] arguments)
    {
        BufferedCommandResult run = await RunAsync(_tool, ["apply", "shop.yaml", .. arguments]);
        Assert.True(run.ExitCode == 0, run.StandardError);
        return run;
    }

    private async Task<string> StatAsync(string path) => (await RunAsync("stat", "-c", "%U:%G %a", path)).StandardOutput.TrimEnd();

    /// <summary>Nobody may read the tool where it was built, so it is let in through a folder of its own; and there is one that is nobody's.</summary>
    private async Task LetNobodyInAsync()
    {
        Assert.Equal(0, (await RunAsync("cp", "-r", AppContext.BaseDirectory, At("tool"))).ExitCode);
        Directory.CreateDirectory(At("own"), (UnixFileMode)0b111_101_101);
        await RunAsync("chown", "nobody:nogroup", "own");
    }

    private Task<BufferedCommandResult> AsNobodyAsync(params string[] arguments) => RunAsync(
        "setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", At("tool/mtls-scenario"), .. arguments]);

    private Task<BufferedCommandResult> InGroupAsync(string group, params string[] command) => RunAsync(
        "setpriv", ["--reuid=nobody", $"--regid={group}", "--clear-groups", .. command]);
}
