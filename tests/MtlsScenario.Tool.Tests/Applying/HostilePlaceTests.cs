using System.Runtime.Versioning;
using System.Security.Cryptography;
using MtlsScenario.Files;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>What stands where a file is to go: it is found before anything is written.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostilePlaceTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly WorkFolder _folder = new();

    public HostilePlaceTests()
    {
        _folder.Write("shop.yaml", """
            name: shop
            defaults: { key: ec-p256 }
            folders: by-party
            authorities:
              ca: { subject: /CN=my-ca }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy-client, issuer: ca } }
            connections: [amy -> bob]
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shop/amy", "amy is a file, and a folder is to have its name")]
    [InlineData("shop/amy/amy_client.crt/x", "amy/amy_client.crt is a folder, and a file is to have its name")]
    [InlineData("shop/amy/amy_client.key/x", "amy/amy_client.key is there and cannot be used: it is a folder")]
    [InlineData("shop/amy/ca.crt/x", "amy/ca.crt is a folder, and a file is to have its name")]
    public async Task What_is_in_the_way_is_said_before_anything_is_written(string path, string message)
    {
        _folder.Write(path, "mine");

        ToolRun plan = await _folder.RunAsync("plan", "shop.yaml");
        ToolRun apply = await _folder.RunAsync("apply", "shop.yaml");

        Assert.Equal((3, 3, ""), (plan.ExitCode, apply.ExitCode, apply.Output));
        Assert.EndsWith("Nothing is written in ./shop while something is in the way.\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains($"error: {message}\n", plan.Error, StringComparison.Ordinal);
        Assert.Equal(plan.Error, apply.Error);
        Assert.Equal([_folder.PathOf(path)], Directory.GetFiles(_folder.PathOf("shop"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(false, "a file")]
    [InlineData(true, "a symbolic link")]
    public async Task The_folder_must_be_one(bool isLink, string what)
    {
        if (isLink)
        {
            File.CreateSymbolicLink(_folder.PathOf("shop"), _folder.PathOf("nowhere"));
        }
        else
        {
            _folder.Write("shop", "mine");
        }

        ToolRun plan = await _folder.RunAsync("plan", "shop.yaml");

        Assert.Equal(
            new ToolRun(3, "", $"error: {_folder.PathOf("shop")} is {what}, not a folder\n  hint: name another folder, or put one in its place\n"),
            plan);
        Assert.Equal(plan, await _folder.RunAsync("apply", "shop.yaml"));
        Assert.False(Directory.Exists(_folder.PathOf("nowhere")));
    }

    [Fact]
    public async Task Folders_on_the_way_are_as_private_as_the_last_and_go_again_where_something_is_in_the_way()
    {
        Assert.Equal(0, (await _folder.RunAsync("apply", "shop.yaml", "-d", "a/b/c")).ExitCode);
        Assert.All(["a", "a/b", "a/b/c", "a/b/c/amy"], folder => Assert.Equal(Private, File.GetUnixFileMode(_folder.PathOf(folder))));

        _folder.Write("group.yaml", _folder.Read("shop.yaml").Replace("amy: {", "amy: { keyMode: \"0640\", keyGroup: no-such-group,", StringComparison.Ordinal));
        Assert.Equal(3, (await _folder.RunAsync("apply", "group.yaml", "-d", "d/e/f")).ExitCode);
        Assert.False(Directory.Exists(_folder.PathOf("d")));
    }

    [Fact]
    public async Task A_link_to_nothing_is_no_missing_key_and_is_never_replaced()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        string key = _folder.PathOf("shop/amy/amy_client.key");
        File.Delete(key);
        File.CreateSymbolicLink(key, _folder.PathOf("nowhere.key"));

        foreach (string[] arguments in new string[][] { [], ["--new-key", "amy_client"] })
        {
            Assert.Equal(
                "error: amy/amy_client.key is there and cannot be used: it is a symbolic link to nothing\n"
                + "  hint: see what it is, and move it away\n",
                (await _folder.RunAsync(["apply", "shop.yaml", .. arguments])).Error);
        }

        Assert.NotNull(new FileInfo(key).LinkTarget);
        Assert.False(File.Exists(_folder.PathOf("nowhere.key")));
    }

    [Fact]
    public async Task A_key_elsewhere_that_others_may_read_is_named_and_keeps_its_mode()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        string key = _folder.PathOf("shop/amy/amy_client.key");
        string elsewhere = _folder.PathOf("elsewhere.key");
        File.Move(key, elsewhere);
        File.SetUnixFileMode(elsewhere, Private | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(key, elsewhere);

        Assert.Equal(
            "warning: amy/amy_client.key is open to others than its owner; it is a symbolic link, so its mode is left as it is\n",
            (await _folder.RunAsync("apply", "shop.yaml")).Error);
        Assert.Equal(Private | UnixFileMode.OtherRead, File.GetUnixFileMode(elsewhere));
    }

    [Fact]
    public async Task A_party_s_folder_that_others_may_write_to_is_named()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        File.SetUnixFileMode(_folder.PathOf("shop/amy"), Private | UnixFileMode.GroupWrite);

        Assert.Equal(
            "warning: others than its owner may write into amy/; its mode is left as it is\n",
            (await _folder.RunAsync("apply", "shop.yaml")).Error);
    }

    [Fact]
    public async Task A_party_s_folder_that_everybody_may_write_is_refused()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        File.SetUnixFileMode(_folder.PathOf("shop/amy"), Private | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        ToolRun run = await _folder.RunAsync("apply", "shop.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error: everybody may write into amy/, so anybody may have put a key there\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_key_is_not_advised_to_be_replaced_and_a_damaged_one_is()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
        _folder.Write("shop/ca/ca.key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters));
        _folder.Write("shop/amy/amy_client.key", "damaged");

        ToolRun run = await _folder.RunAsync("apply", "shop.yaml");
        Assert.Equal(
            "error: ca/ca.key is there and cannot be used: it is encrypted\n  hint: put it there without its password\n", run.Error);

        Directory.Delete(_folder.PathOf("shop/ca"), recursive: true);
        Directory.Delete(_folder.PathOf("shop/bob"), recursive: true);
        run = await _folder.RunAsync("apply", "shop.yaml");
        Assert.Contains(
            "  hint: mend it, or use --new-key amy_client to put it aside and make a new one: "
            + "mtls-scenario apply shop.yaml --new-key amy_client\n",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leftovers_are_deleted_in_the_folders_of_the_plan_and_where_nobody_else_is_at_work()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        string[] ours = ["shop/.mtls-scenario.1-1.tmp", "shop/bob/.mtls-scenario.1-2.tmp", "shop/.mtls-scenario.staging/ca.key"];
        string[] theirs = ["shop/other/.mtls-scenario.1-3.tmp", "shop/amy/.mtls-scenario.1-4.tmp", "shop/amy/deeper/.mtls-scenario.1-5.tmp"];
        Array.ForEach([.. ours, .. theirs], path => _folder.Write(path, "a key, half written"));
        using (FolderLock.Take(_folder.PathOf("shop/amy")))
        {
            Assert.Equal(0, (await _folder.RunAsync("apply", "shop.yaml")).ExitCode);
        }

        Assert.All(ours, path => Assert.False(File.Exists(_folder.PathOf(path)), path));
        Assert.All(theirs, path => Assert.True(File.Exists(_folder.PathOf(path)), path));

        Assert.Equal(0, (await _folder.RunAsync("apply", "shop.yaml")).ExitCode);
        Assert.Equal([true, false, true], theirs.Select(path => File.Exists(_folder.PathOf(path))));
    }

    [Fact]
    public async Task What_an_engine_left_that_was_killed_is_named_where_nothing_is_written()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        _folder.Write("shop/.mtls-scenario.staging/ca.key", "a copy");

        ToolRun plan = await _folder.RunAsync("plan", "shop.yaml");

        Assert.Equal("left alone, for the scenario does not know it: .mtls-scenario.staging/\n", plan.Error);
    }

    [Fact]
    public async Task A_request_alone_is_no_certificate()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        File.Delete(_folder.PathOf("shop/amy/amy_client.csr"));

        Assert.EndsWith(
            "To be brought in step: ./shop; no certificate is issued.\n",
            (await _folder.RunAsync("plan", "shop.yaml")).Output,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "Brought ./shop in step; no certificate was issued.\n",
            (await _folder.RunAsync("apply", "shop.yaml")).Output,
            StringComparison.Ordinal);
    }
}
