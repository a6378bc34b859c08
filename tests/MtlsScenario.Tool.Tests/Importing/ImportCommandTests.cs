using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Xunit;

namespace MtlsScenario.Tool.Tests.Importing;

/// <summary><c>import</c>, on a folder that the tool made, and what happens to such folders.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ImportCommandTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public ImportCommandTests() => _folder.Write("shop.yaml", """
        name: shop
        defaults: { key: ec-p256, request: false }
        authorities:
          ca: { subject: /CN=ca }
          other: { subject: /CN=other }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy, issuer: ca, formats: [p12, encrypted], password: { file: secret } } }
          eve: { client: { subject: /CN=eve, issuer: other } }
        connections: [amy -> bob]
        """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_tool_would_make_is_not_adopted_and_said_as_it_is()
    {
        await MakeAsync();
        Assert.Equal(0, (await _folder.RunAsync("import", "pki", "-o", "own.yaml", "--name", "mine")).ExitCode);
        Assert.StartsWith("# Imported from pki. Where it listens cannot be known: look for TODO.\nname: mine\n", _folder.Read("own.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("adopted", _folder.Read("own.yaml"), StringComparison.Ordinal);

        _folder.Write("shop.yaml", _folder.Read("shop.yaml").Replace("/CN=amy,", "/CN=amy, extensions: [{ oid: 1.2.3, critical: false, value: \"hex:0500\" }],", StringComparison.Ordinal));
        await MakeAsync();
        Assert.Equal(0, (await _folder.RunAsync("import", "pki", "-o", "second.yaml")).ExitCode);
        Assert.Contains("extensions: [{ oid: 1.2.3, critical: false, value: \"hex:0500\" }]", _folder.Read("second.yaml"), StringComparison.Ordinal);
        Assert.Equal(2, (await _folder.RunAsync("import", "pki", "--json")).ExitCode);
    }

    [Theory]
    [InlineData("none", "")]
    [InlineData("same-root", "\nconnections:\n  - amy -> bob\n")]
    [InlineData("all", "\nconnections:\n  - amy -> bob\n  # eve -> bob: ")]
    public async Task Connections_are_those_that_work_among_the_ones_that_were_asked_for(string which, string written)
    {
        await MakeAsync();
        ToolRun run = await _folder.RunAsync("import", "pki", "--connect", which);
        Assert.Equal(0, run.ExitCode);
        int from = run.Output.IndexOf("\nconnections:", StringComparison.Ordinal);
        Assert.StartsWith(written, from < 0 ? "" : run.Output[from..], StringComparison.Ordinal);
        Assert.Equal(written.Length == 0, from < 0);
        Assert.Equal(which == "all", run.Output.Contains("eve -> bob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_is_followed_in_the_folder_and_what_it_leads_to_is_renewed()
    {
        await MakeAsync();
        Directory.CreateDirectory(_folder.PathOf("pki/live/shop"));
        Directory.CreateDirectory(_folder.PathOf("pki/archive"));
        foreach ((string kind, string name) in new[] { ("crt", "cert.pem"), ("key", "privkey.pem") })
        {
            File.Move(_folder.PathOf($"pki/bob_server.{kind}"), _folder.PathOf($"pki/archive/{kind}1.pem"));
            File.CreateSymbolicLink(_folder.PathOf($"pki/live/shop/{name}"), $"../../archive/{kind}1.pem");
        }

        File.CreateSymbolicLink(_folder.PathOf("pki/outside.crt"), _folder.PathOf("shop.yaml"));
        ToolRun run = await _folder.RunAsync("import", "pki", "-o", "live.yaml");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("outside.crt is a link out of the folder: left out", run.Error, StringComparison.Ordinal);
        Assert.Contains("\n  shop:\n    server:\n", _folder.Read("live.yaml"), StringComparison.Ordinal);
        Assert.Contains("files: { crt: archive/crt1.pem, key: archive/key1.pem }", _folder.Read("live.yaml"), StringComparison.Ordinal);

        (string before, string key) = (_folder.Read("pki/live/shop/cert.pem"), _folder.Read("pki/live/shop/privkey.pem"));
        Assert.Equal(0, (await _folder.RunAsync("apply", "live.yaml", "-d", "pki", "--renew", "-q")).ExitCode);
        Assert.NotEqual(before, _folder.Read("pki/live/shop/cert.pem"));
        Assert.Equal(key, _folder.Read("pki/live/shop/privkey.pem"));
        Assert.NotNull(File.ResolveLinkTarget(_folder.PathOf("pki/live/shop/cert.pem"), returnFinalTarget: false));
    }

    [Fact]
    public async Task What_is_due_leaves_something_to_do_and_what_cannot_be_read_is_the_environment_s()
    {
        _folder.Write("shop.yaml", _folder.Read("shop.yaml").Replace("/CN=eve,", "/CN=eve, lifetime: { from: -3d, until: -1d },", StringComparison.Ordinal));
        await MakeAsync();
        ToolRun due = await _folder.RunAsync("import", "pki", "-o", "due.yaml", "--json");
        Assert.Equal(1, due.ExitCode);
        JsonNode json = JsonNode.Parse(due.Output)!;
        Assert.Equal(["ca", "other"], json["authorities"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal(["amy -> bob"], json["connections"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.False(json["plan"]!["inStep"]!.GetValue<bool>());

        _folder.WriteSecret("wrong", "not-that-one\n");
        ToolRun closed = await _folder.RunAsync("import", "pki", "-o", "closed.yaml", "--password-file", "wrong");
        Assert.Equal(3, closed.ExitCode);
        Assert.Contains("warning: there is a store or an encrypted key that no password opened", closed.Error, StringComparison.Ordinal);
        Assert.NotEqual(3, (await _folder.RunAsync("import", "pki", "-o", "open.yaml", "--password-file", "secret")).ExitCode);

        Directory.CreateDirectory(_folder.PathOf("empty"));
        Assert.Equal((3, "error: in empty there is no certificate of an authority that can be used\n"), await _folder.RunAsync("import", "empty") is var none ? (none.ExitCode, none.Error) : default);
        Assert.Equal(3, (await _folder.RunAsync("import", "nowhere")).ExitCode);
    }

    [Fact]
    public async Task A_key_that_is_encrypted_or_in_the_certificate_s_file_leaves_it_provided()
    {
        await MakeAsync();
        File.Delete(_folder.PathOf("pki/amy_client.key"));
        _folder.WriteSecret("pki/both.pem", _folder.Read("pki/bob_server.crt") + _folder.Read("pki/bob_server.key"));
        File.Delete(_folder.PathOf("pki/bob_server.crt"));
        File.Delete(_folder.PathOf("pki/bob_server.key"));

        ToolRun run = await _folder.RunAsync("import", "pki", "-o", "closed.yaml", "--password-file", "secret");

        Assert.Contains("amy_client.crt: the key in amy_client.encrypted.key is encrypted, so it is taken as provided, and connections with it are not tried; without its passphrase it is renewed here too\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("both.pem: its key is in the same file, so it is taken as provided\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, _folder.Read("closed.yaml").Split("external: true").Length - 1);
        Assert.DoesNotContain("PRIVATE KEY", run.Output + run.Error + _folder.Read("closed.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "trusts: [other], ", ", trust: bob/trust.pem", "ca", "amy -> carl", "eve -> bob")]
    [InlineData("all", "", "", "all", "amy -> bob", "eve -> carl")]
    public async Task Of_two_servers_of_one_authority_each_gets_the_callers_that_it_trusts(
        string other, string trustsOfBob, string fileOfBob, string trustsOfCarl, string first, string second)
    {
        _folder.Write("shop.yaml", $$"""
            name: shop
            defaults: { key: ec-p256, request: false }
            authorities:
              ca: { subject: /CN=ca }
              {{other}}: { subject: /CN={{other}} }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, {{trustsOfBob}}files: { crt: bob/bob.crt, key: bob/bob.key{{fileOfBob}} } } }
              carl: { server: { subject: /CN=localhost, issuer: ca, trusts: [{{trustsOfCarl}}], listen: localhost:3001, files: { crt: carl/carl.crt, key: carl/carl.key, trust: carl/trust.pem } } }
              eve: { client: { subject: /CN=eve, issuer: {{other}}, trusts: [ca], files: { crt: eve/eve.crt, key: eve/eve.key, trust: eve/trust.pem } } }
              amy: { client: { subject: /CN=amy, issuer: ca, trusts: [ca], files: { crt: amy/amy.crt, key: amy/amy.key, trust: amy/trust.pem } } }
            connections: [{{first}}, {{second}}]
            """);
        await MakeAsync();

        ToolRun run = await _folder.RunAsync("import", "pki", "-o", "own.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith($"\nconnections:\n  - {first}\n  - {second}\n", _folder.Read("own.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_peers_fifty_connections_are_tried_some_are_named_and_the_rest_is_counted()
    {
        const int peers = 72;
        string parties = string.Concat(Enumerable.Range(0, peers).Select(number =>
            string.Create(CultureInfo.InvariantCulture, $"  p{number}: {{ peer: {{ subject: /CN=p{number}, names: [localhost], issuer: ca, listen: 'localhost:{3000 + number}' }} }}\n")));
        _folder.Write("shop.yaml", $"name: shop\ndefaults: {{ key: ec-p256, request: false }}\nauthorities: {{ ca: {{ subject: /CN=ca }} }}\nparties:\n{parties}connections: [p0 -> p1]\n");
        await MakeAsync();

        ToolRun run = await _folder.RunAsync("import", "pki", "-o", "mesh.yaml");

        Assert.Equal((0, 0), (run.ExitCode, (await _folder.RunAsync("validate", "mesh.yaml", "-q")).ExitCode));
        string[] lines = _folder.Read("mesh.yaml").Split("\nconnections:\n")[1].TrimEnd().Split('\n');
        Assert.Equal(50, lines.Count(line => line.StartsWith("  - p0 -> p", StringComparison.Ordinal)));
        Assert.Equal(4_950, lines.Distinct().Count(line => line.StartsWith("  # p", StringComparison.Ordinal) && line.EndsWith(": not tried", StringComparison.Ordinal)));
        Assert.Equal((5_001, string.Create(CultureInfo.InvariantCulture, $"  # and {(peers * (peers - 1)) - 5_000} more that may be meant")), (lines.Length, lines[^1]));
    }

    private async Task MakeAsync()
    {
        _folder.WriteSecret("secret", "open sesame\n");
        ToolRun made = await _folder.RunAsync("apply", "shop.yaml", "-d", "pki", "-q");
        Assert.Equal(0, made.ExitCode);
    }
}
