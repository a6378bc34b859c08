using System.Text.Json;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>Whom a party trusts changes as in a rotation: to the old and the new authority, then to the new one alone.</summary>
public sealed class TrustChangeTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plan", "To be issued: 1 certificate in ./x.")]
    [InlineData("apply", "Issued 1 certificate in ./x.")]
    public async Task An_anchor_that_comes_is_the_reason(string command, string sum)
    {
        await ApplyAsync("[ca]", authorities: "");
        Write("[ca, other]", "  other: { subject: /CN=other }\n");

        ToolRun run = await _folder.RunAsync(command, "x.yaml");

        Assert.Equal(
            $"""
            ca          nothing to do
            bob_server  new bob_server.trust.crt
                          bob trusts + other
            other       new ec-p256 key
                        new certificate
            {sum}

            """,
            run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Anchors_that_come_and_go_are_both_named()
    {
        await ApplyAsync("[ca, old]");
        Write("[ca, other]");

        ToolRun run = await _folder.RunAsync("plan", "x.yaml");

        Assert.Contains("bob_server  new bob_server.trust.crt\n              bob trusts + other, - old\n", run.Output, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse((await _folder.RunAsync("plan", "x.yaml", "--json")).Output).RootElement;
        JsonElement file = json.GetProperty("certificates").EnumerateArray()
            .Single(entry => entry.GetProperty("stem").GetString() == "bob_server").GetProperty("files")[0];
        Assert.Equal(
            """{"path":"bob_server.trust.crt","reason":"bob trusts \u002B other, - old","trust":{"party":"bob","anchors":["ca","other"],"added":["other"],"removed":["old"]}}""",
            JsonSerializer.Serialize(file));
    }

    [Fact]
    public async Task An_authority_that_the_scenario_no_longer_has_is_named_by_its_subject()
    {
        await ApplyAsync("[ca, old]");
        Write("[ca, other]", "  other: { subject: /CN=other }\n");

        ToolRun run = await _folder.RunAsync("plan", "x.yaml");

        Assert.Contains("\n              bob trusts + other, - /CN=old\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_certificate_of_an_anchor_changes_nobody_s_trust()
    {
        await ApplyAsync("[ca, other]");

        ToolRun run = await _folder.RunAsync("plan", "x.yaml", "--new-key", "other");

        Assert.Contains("new bob_server.trust.crt\n              follows other.crt\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[other]", "the trust anchor of bob_server is other.crt now")]
    [InlineData("[]", "bob_server has no trust anchors now")]
    public async Task A_file_of_anchors_that_is_no_longer_used_is_named_with_whom_it_never_drops(string trusts, string now)
    {
        await ApplyAsync("[ca, other]");
        Write(trusts);
        string lost = trusts == "[]" ? "ca and other" : "ca";
        string minus = trusts == "[]" ? "- ca, - other" : "- ca";

        ToolRun run = await _folder.RunAsync("plan", "x.yaml");
        ToolRun applied = await _folder.RunAsync("apply", "x.yaml");

        Assert.Equal("Nothing to do: ./x is in step with x.\n", run.Output);
        Assert.Contains(
            $"warning: bob trusts {minus}, but bob_server.trust.crt, which is no longer used, still holds ca and other: "
            + $"a program that is pointed at it never drops {lost}; {now}\n",
            run.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("left alone", run.Error, StringComparison.Ordinal);
        Assert.Contains("bob_server.trust.crt", applied.Error, StringComparison.Ordinal);
        JsonElement unused = JsonDocument.Parse((await _folder.RunAsync("plan", "x.yaml", "--json")).Output).RootElement.GetProperty("unused")[0];
        Assert.Equal("bob_server.trust.crt bob_server", $"{unused.GetProperty("path")} {unused.GetProperty("stem")}");
        Assert.Equal(minus, string.Join(", ", unused.GetProperty("trust").GetProperty("removed").EnumerateArray().Select(name => $"- {name}")));
    }

    [Fact]
    public async Task A_copy_and_a_chain_that_are_no_longer_used_are_named_too()
    {
        string Scenario(string trusts, string issuer) => $$"""
            name: x
            folders: by-party
            defaults: { key: ec-p256 }
            authorities:
              ca: { subject: /CN=my-ca }
              other: { subject: /CN=other }
              middle: { subject: /CN=middle, issuer: ca }
            parties:
              device: { replicas: 11, client: { subject: "/CN=device-{n}", issuer: {{issuer}}, trusts: {{trusts}} } }
            """;
        _folder.Write("x.yaml", Scenario("[ca]", "middle"));
        Assert.Equal(0, (await _folder.RunAsync("apply", "x.yaml")).ExitCode);
        _folder.Write("x.yaml", Scenario("[other]", "ca"));

        ToolRun run = await _folder.RunAsync("apply", "x.yaml");

        Assert.Contains("new device-1/other.crt\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("device trusts + other\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "warning: device-10/ca.crt is no longer used, for device neither trusts nor presents ca now: a program that is pointed at it never drops ca\n",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "warning: device-10/device-10_client.chain.crt is no longer used, for device-10_client has no intermediates now: "
            + "a program that is pointed at it goes on presenting what it holds, in place of device-10/device-10_client.crt\n",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_replicas_of_which_nothing_but_the_anchors_are_new()
    {
        _folder.Write("x.yaml", Fleet("[ca, other]"));
        await _folder.RunAsync("apply", "x.yaml");
        _folder.Write("x.yaml", Fleet("[other, third]"));

        JsonElement json = JsonDocument.Parse((await _folder.RunAsync("plan", "x.yaml", "--json")).Output).RootElement;

        Assert.Equal(
            ["device-1_client device trusts + third, - ca", "device-2_client device trusts + third, - ca"],
            json.GetProperty("certificates").EnumerateArray()
                .Where(entry => entry.GetProperty("files").GetArrayLength() > 0)
                .Select(entry => $"{entry.GetProperty("stem")} {entry.GetProperty("files")[0].GetProperty("reason")}"));
    }

    private static string Fleet(string trusts) => $$"""
        name: x
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=my-ca }, other: { subject: /CN=other }, third: { subject: /CN=third } }
        parties:
          device: { replicas: 2, client: { subject: "/CN=device-{n}", issuer: ca, trusts: {{trusts}} } }
        """;

    private async Task ApplyAsync(string trusts, string authorities = "  old: { subject: /CN=old }\n  other: { subject: /CN=other }\n")
    {
        Write(trusts, authorities);
        Assert.Equal(0, (await _folder.RunAsync("apply", "x.yaml")).ExitCode);
    }

    private void Write(string trusts, string authorities = "  old: { subject: /CN=old }\n  other: { subject: /CN=other }\n") => _folder.Write("x.yaml", $$"""
        name: x
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=my-ca }
        {{authorities}}
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, trusts: {{trusts}} } }
        """);
}
