using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>What becomes of the keys and folders that are there already.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeysInPlaceTests : ApplyTest
{
    [Fact]
    public async Task Keys_are_closed_and_the_rest_is_open_to_read()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal(Mode("0700"), File.GetUnixFileMode(_folder.PathOf("amy-bob")));
        Assert.All(
            Directory.GetFiles(_folder.PathOf("amy-bob")),
            file => Assert.Equal(Mode(file.EndsWith(".key", StringComparison.Ordinal) ? "0600" : "0644"), File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_key_found_wider_is_closed_and_said()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        string key = _folder.PathOf("amy-bob/bob_server.key");
        File.SetUnixFileMode(key, Mode("0644"));

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Contains("bob_server  key closed to others than its owner and group (0640)\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(Mode("0640"), File.GetUnixFileMode(key));
    }

    [Theory]
    [InlineData("0640")]
    [InlineData("0440")]
    [InlineData("0400")]
    [InlineData("0600")]
    public async Task A_key_s_own_mode_stays_also_with_a_new_key(string mode)
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        string key = _folder.PathOf("amy-bob/bob_server.key");
        File.SetUnixFileMode(key, Mode(mode));

        Assert.Equal(
            new ToolRun(0, "Nothing to do: ./amy-bob is in step with amy-bob.\n", ""), await _folder.RunAsync("apply", "amy-bob.yaml"));
        Assert.Equal(Mode(mode), File.GetUnixFileMode(key));

        Assert.Equal(0, (await _folder.RunAsync("apply", "amy-bob.yaml", "--new-key", "bob_server")).ExitCode);
        string kept = Assert.Single(Directory.GetFiles(_folder.PathOf("amy-bob"), ".bob_server.key.*"));
        Assert.NotEqual(await File.ReadAllTextAsync(kept), await File.ReadAllTextAsync(key));
        Assert.Equal((Mode(mode), Mode(mode)), (File.GetUnixFileMode(key), File.GetUnixFileMode(kept)));
    }

    [Fact]
    public async Task A_new_key_in_the_place_of_one_that_was_too_wide_is_not_and_neither_is_the_old_one()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        string key = _folder.PathOf("amy-bob/bob_server.key");
        File.SetUnixFileMode(key, Mode("0664"));

        await _folder.RunAsync("apply", "amy-bob.yaml", "--new-key", "bob_server");

        string kept = Assert.Single(Directory.GetFiles(_folder.PathOf("amy-bob"), ".bob_server.key.*"));
        Assert.Equal((Mode("0640"), Mode("0640")), (File.GetUnixFileMode(key), File.GetUnixFileMode(kept)));
    }

    [Fact]
    public async Task An_empty_key_is_none_and_said()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("amy-bob/bob_server.key", "");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.StartsWith(
            """
            ca          nothing to do
            bob_server  new ec-p256 key
                          the one there is empty

            """,
            run.Output,
            StringComparison.Ordinal);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("PRIVATE KEY", _folder.Read("amy-bob/bob_server.key"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.PathOf("amy-bob"), ".*"));
    }

    [Fact]
    public async Task An_authority_s_empty_key_is_gone_while_what_it_signed_is_there()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("amy-bob/ca.key", "");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal(
            new ToolRun(
                3,
                "",
                "error: ca.key is empty, while ca.crt, which it signed, is there; "
                + "an authority's key is replaced only when --new-key names it\n  hint: put the key back\n"),
            run);
    }

    [Fact]
    public async Task What_would_mend_an_obstacle_is_the_whole_command_also_for_programs()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("amy-bob/bob_server.key", "damaged");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--json");

        Assert.Equal(3, run.ExitCode);
        string hint = JsonNode.Parse(run.Output)!["obstacles"]![0]!["hint"]!.GetValue<string>();
        Assert.EndsWith(": mtls-scenario apply amy-bob.yaml --new-key bob_server", hint, StringComparison.Ordinal);
        Assert.Contains($"hint: {hint}\n", (await _folder.RunAsync("apply", "amy-bob.yaml")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_there_keeps_its_mode_and_is_named_if_others_may_write()
    {
        Directory.CreateDirectory(_folder.PathOf("certs"));
        File.SetUnixFileMode(_folder.PathOf("certs"), Mode("0775"));

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "-d", "certs");

        Assert.Equal(
            "warning: others than its owner may write into the folder of the certificates; its mode is left as it is\n",
            run.Error);
        Assert.Equal(Mode("0775"), File.GetUnixFileMode(_folder.PathOf("certs")));
    }

    [Theory]
    [InlineData("0777")]
    [InlineData("1777")]
    public async Task A_folder_that_everybody_may_write_is_refused(string mode)
    {
        await _folder.RunAsync("apply", "amy-bob.yaml", "-d", "certs");
        File.Delete(_folder.PathOf("certs/bob_server.crt"));
        File.SetUnixFileMode(_folder.PathOf("certs"), Mode(mode));

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "-d", "certs");

        Assert.Equal(
            new ToolRun(
                3,
                "",
                "error: everybody may write into the folder of the certificates, so anybody may have put a key there\n"
                + "  hint: see whose the files in it are, close it (chmod o-w), then run this again; or name another folder\n"),
            run);
        Assert.False(File.Exists(_folder.PathOf("certs/bob_server.crt")));
    }

    [Theory]
    [InlineData("ca.key")]
    [InlineData("bob_server.key")]
    public async Task A_key_that_everybody_may_write_is_refused_also_when_it_is_named(string key)
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        string before = _folder.Read($"amy-bob/{key}");
        File.SetUnixFileMode(_folder.PathOf($"amy-bob/{key}"), Mode("0606"));

        foreach (string[] arguments in new string[][] { [], ["--new-key", "all"] })
        {
            ToolRun run = await _folder.RunAsync(["apply", "amy-bob.yaml", .. arguments]);
            Assert.Equal(
                new ToolRun(
                    3,
                    "",
                    $"error: {key} is there and cannot be used: everybody may write it, so anybody may have put it there\n"
                    + "  hint: see whose it is, and close it (chmod o-w)\n"),
                run);
        }

        Assert.Equal(before, _folder.Read($"amy-bob/{key}"));
    }

    [Fact]
    public async Task A_key_that_is_replaced_is_put_aside_first()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        string old = _folder.Read("amy-bob/bob_server.key");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--new-key", "bob_server");

        string kept = Assert.Single(Directory.GetFiles(_folder.PathOf("amy-bob"), ".bob_server.key.*"));
        Assert.Equal(old, File.ReadAllText(kept));
        Assert.Equal(Mode("0600"), File.GetUnixFileMode(kept));
        Assert.Contains($"The old bob_server.key is kept as {Path.GetFileName(kept)}.\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"^\.bob_server\.key\.\d{8}T\d{6}Z$", Path.GetFileName(kept));
    }

    [Fact]
    public async Task A_key_that_cannot_be_used_stops_everything()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        File.Delete(_folder.PathOf("amy-bob/amy_client.crt"));
        _folder.Write("amy-bob/bob_server.key", "-----BEGIN PRIVATE KEY-----\nbroken\n");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: bob_server.key is there and cannot be used: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("amy-bob/amy_client.crt")));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_symbolic_link()
    {
        _folder.Write("by-party.yaml", AmyBob + "\nfolders: by-party\n");
        Directory.CreateDirectory(_folder.PathOf("elsewhere"));
        Directory.CreateDirectory(_folder.PathOf("amy-bob"));
        Directory.CreateSymbolicLink(_folder.PathOf("amy-bob/bob"), _folder.PathOf("elsewhere"));

        ToolRun run = await _folder.RunAsync("apply", "by-party.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("error: bob is a symbolic link, and nothing is written through one\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.PathOf("elsewhere")));
        Assert.Equal(["bob"], Directory.GetFileSystemEntries(_folder.PathOf("amy-bob")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("bob_server.crt")]
    [InlineData("bob_server.csr")]
    [InlineData("bob_server.key")]
    public async Task A_link_in_the_place_of_a_file_is_read_and_where_it_would_be_replaced_it_is_refused(string file)
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        string path = _folder.PathOf($"amy-bob/{file}");
        string content = await File.ReadAllTextAsync(path);
        File.Move(path, _folder.PathOf("elsewhere"));
        File.CreateSymbolicLink(path, _folder.PathOf("elsewhere"));
        Assert.Equal(0, (await _folder.RunAsync("apply", "amy-bob.yaml")).ExitCode);

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--new-key", "bob_server");

        Assert.Equal(
            new ToolRun(3, "", $"error: {file} is a symbolic link, and a file is to have its name\n  hint: move it away\n"), run);
        Assert.Equal(content, _folder.Read("elsewhere"));
        Assert.NotNull(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public async Task What_is_provided_may_be_a_link()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("partner.yaml", """
            name: partner
            defaults: { key: ec-p256 }
            authorities: { ca: { external: true } }
            parties: { amy: { client: { subject: /CN=amy, issuer: ca, trusts: [ca] } } }
            """);
        Directory.CreateDirectory(_folder.PathOf("partner"));
        foreach (string file in new[] { "ca.crt", "ca.key" })
        {
            File.CreateSymbolicLink(_folder.PathOf($"partner/{file}"), _folder.PathOf($"amy-bob/{file}"));
        }

        ToolRun run = await _folder.RunAsync("apply", "partner.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.NotNull(new FileInfo(_folder.PathOf("partner/ca.crt")).LinkTarget);
    }

    [Fact]
    public async Task Keys_that_the_user_brings_are_kept_as_they_are()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string pkcs1 = rsa.ExportRSAPrivateKeyPem() + "\n";
        string sec1 = ec.ExportECPrivateKeyPem() + "\n";
        _folder.Write("amy-bob/ca.key", pkcs1);
        _folder.Write("amy-bob/bob_server.key", sec1);
        File.SetUnixFileMode(_folder.PathOf("amy-bob/ca.key"), Mode("0600"));
        _folder.Write("amy-bob.yaml", AmyBob.Replace("/CN=my-ca", "/CN=my-ca, key: rsa-2048", StringComparison.Ordinal));

        Assert.Equal(0, (await _folder.RunAsync("apply", "amy-bob.yaml")).ExitCode);

        Assert.Equal(pkcs1, _folder.Read("amy-bob/ca.key"));
        Assert.Equal(sec1, _folder.Read("amy-bob/bob_server.key"));
        using X509Certificate2 bob = X509Certificate2.CreateFromPemFile(
            _folder.PathOf("amy-bob/bob_server.crt"), _folder.PathOf("amy-bob/bob_server.key"));
        Assert.True(bob.HasPrivateKey);
    }
}
