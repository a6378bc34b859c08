using System.Runtime.Versioning;
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

        _folder.Write("external.yaml", _folder.Read("shop.yaml").Replace("subject: /CN=my-ca", "external: true", StringComparison.Ordinal));
        Assert.Equal(3, (await _folder.RunAsync("apply", "external.yaml", "-d", "d/e/f")).ExitCode);
        Assert.False(Directory.Exists(_folder.PathOf("d")));
    }

    [Fact]
    public async Task A_link_to_nothing_is_no_missing_key_and_is_replaced_only_when_named()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        string key = _folder.PathOf("shop/amy/amy_client.key");
        File.Delete(key);
        File.CreateSymbolicLink(key, _folder.PathOf("nowhere.key"));

        Assert.StartsWith(
            "error: amy/amy_client.key is there and cannot be used: it is a symbolic link to nothing\n",
            (await _folder.RunAsync("apply", "shop.yaml")).Error,
            StringComparison.Ordinal);
        Assert.Equal(0, (await _folder.RunAsync("apply", "shop.yaml", "--new-key", "amy_client")).ExitCode);
        Assert.Null(new FileInfo(key).LinkTarget);
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
