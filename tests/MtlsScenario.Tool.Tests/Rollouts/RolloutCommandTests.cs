using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace MtlsScenario.Tool.Tests.Rollouts;

/// <summary><c>rollout</c>, on the layouts that ship.</summary>
public sealed class RolloutCommandTests : IDisposable
{
    private readonly WorkFolder _work = new();

    public RolloutCommandTests()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Shipped(), "new-root")))
        {
            File.Copy(file, _work.PathOf(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_root_that_is_replaced_at_once_has_no_order_and_the_steps_are_written_and_applied()
    {
        ToolRun run = await _work.RunAsync("rollout", "0-before.yaml", "3-trust-new.yaml", "--steps", "steps");

        Assert.Equal(
            """
            0-before.yaml to 3-trust-new.yaml: no order

            no order for bob, amy:
              bob before amy: with amy changed, bob not, amy -> bob is rejected by client: unknown-issuer (TLS 1.2, dotnet)
              amy before bob: with bob changed, amy not, amy -> bob is rejected by client: unknown-issuer (TLS 1.2, dotnet)

            There is an order in 3 steps, each applied and taken up by everybody before the next:
              1 widen, steps/1-widen.yaml: bob, amy accept both, and still are who they were; any order
              2 identity, steps/2-identity.yaml: bob, amy accept both, and are who they are to be; any order
              3 narrow, steps/3-narrow.yaml: nobody accepts what was before; any order
            Before the last, whoever still uses what was before must be gone: pools, long connections and TLS sessions live on.

            """,
            run.Output.Replace('\\', '/'));
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(_work.Read("3-trust-new.yaml"), _work.Read("steps/3-narrow.yaml"));

        await _work.RunAsync("apply", "0-before.yaml", "-d", "certs");
        string key = _work.Read("certs/bob_server.key");
        foreach (string step in new[] { "1-widen", "2-identity", "3-narrow" })
        {
            ToolRun order = await _work.RunAsync("rollout", $"steps/{step}.yaml", "-d", "certs", "--json");
            Assert.Equal((0, ""), (order.ExitCode, order.Error));
            Assert.Equal("ordered", JsonNode.Parse(order.Output)!["verdict"]!.GetValue<string>());
            Assert.Equal(0, (await _work.RunAsync("apply", $"steps/{step}.yaml", "-d", "certs", "-q")).ExitCode);
        }

        Assert.Equal(key, _work.Read("certs/bob_server.key"));
        Assert.Equal(2, (await _work.RunAsync("rollout", "0-before.yaml", "3-trust-new.yaml", "--steps", "steps")).ExitCode);
    }

    [Fact]
    public async Task From_a_folder_alone_the_steps_take_what_lies_in_it_as_provided()
    {
        await _work.RunAsync("apply", "0-before.yaml", "-d", "certs");
        string before = _work.Read("certs/bob_server.crt");

        ToolRun run = await _work.RunAsync("rollout", "3-trust-new.yaml", "-d", "certs", "--steps", "steps");

        Assert.EndsWith(
            """
            There is an order in 3 steps, each applied and taken up by everybody before the next:
              1 widen, steps/1-widen.yaml: bob, amy accept both, and still are who they were; any order
              2 identity, steps/2-identity.yaml: bob, amy accept both, and are who they are to be; any order
              3 narrow, steps/3-narrow.yaml: nobody accepts what was before; any order
            Before the last, whoever still uses what was before must be gone: pools, long connections and TLS sessions live on.

            """,
            run.Output.Replace('\\', '/'),
            StringComparison.Ordinal);
        (string key, string root) = (_work.Read("certs/bob_server.key"), _work.Read("certs/ca.crt"));
        foreach ((string step, bool isBefore) in new[] { ("1-widen", true), ("2-identity", false), ("3-narrow", false) })
        {
            ToolRun order = await _work.RunAsync("rollout", $"steps/{step}.yaml", "-d", "certs", "--json");
            Assert.Equal((0, "ordered"), (order.ExitCode, JsonNode.Parse(order.Output)!["verdict"]!.GetValue<string>()));
            Assert.Equal(0, (await _work.RunAsync("apply", $"steps/{step}.yaml", "-d", "certs", "-q")).ExitCode);
            Assert.Equal(0, (await _work.RunAsync("test", $"steps/{step}.yaml", "-d", "certs")).ExitCode);
            Assert.Equal(isBefore, before == _work.Read("certs/bob_server.crt"));
        }

        Assert.Equal((key, root), (_work.Read("certs/bob_server.key"), _work.Read("certs/ca.crt")));
    }

    [Fact]
    public async Task Where_the_folder_alone_does_not_say_enough_it_says_what_is_missing_and_what_to_run()
    {
        await _work.RunAsync("apply", "1-trust-both.yaml", "-d", "certs");
        File.Delete(_work.PathOf("certs/ca.crt"));
        _work.Write("other.yaml", _work.Read("3-trust-new.yaml").Replace("ca2", "ca3", StringComparison.Ordinal).Replace("my-ca-2", "my-ca-3", StringComparison.Ordinal));

        ToolRun run = await _work.RunAsync("rollout", "other.yaml", "-d", "certs", "--steps", "steps", "--json");
        ToolRun text = await _work.RunAsync("rollout", "other.yaml", "-d", "certs");

        const string Missing = "bob trusts /CN=my-ca, and no file of the folder that a scenario could name has that certificate alone";
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(Missing, JsonNode.Parse(run.Output)!["noSteps"]!.AsArray().Select(reason => reason!.GetValue<string>()));
        Assert.Contains($"no layouts in between can be written from the folder alone: {Missing}; ", text.Output, StringComparison.Ordinal);
        Assert.EndsWith("with the scenario that the folder was made by: rollout OLD.yaml other.yaml -d DIR --steps STEPS\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_company_s_authority_is_to_sign_is_undecided_until_it_has()
    {
        _work.Write("company.yaml", _work.Read("0-before.yaml")
            .Replace("name: new-root", "name: company", StringComparison.Ordinal)
            .Replace("ca:\n    subject: /CN=my-ca", "company:\n    external: true", StringComparison.Ordinal)
            .Replace("issuer: ca", "issuer: company", StringComparison.Ordinal));
        await _work.RunAsync("apply", "0-before.yaml");
        Directory.CreateDirectory(_work.PathOf("company"));
        File.Copy(_work.PathOf("new-root/ca.crt"), _work.PathOf("company/company.crt"));

        ToolRun run = await _work.RunAsync("rollout", "0-before.yaml", "company.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("amy_client.crt is awaited from company", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_what_is_in_a_folder_it_says_which_files_change_and_how_a_program_takes_them_up()
    {
        await _work.RunAsync("apply", "0-before.yaml");

        ToolRun run = await _work.RunAsync("rollout", "1-trust-both.yaml", "--for", "bob=mosquitto");

        Assert.Equal(
            """
            what is in ./new-root to 1-trust-both.yaml: any order (4 handshakes between changed and not)

            - bob
                trust        bob_server.trust.crt, before ca.crt
                taken up by  trust: a restart: SIGHUP does not do it

            - amy
                trust        amy_client.trust.crt, before ca.crt

            """,
            run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("ca2.key", string.Join(' ', Directory.GetFiles(_work.PathOf("new-root"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_in_the_place_of_an_authority_is_told_to_take_a_name_of_its_own()
    {
        await _work.RunAsync("apply", "0-before.yaml");

        ToolRun run = await _work.RunAsync("rollout", "0-before.yaml", "--new-key", "ca");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("\nca is made anew in the same place: give the new one a name of its own, as ca2, so that both can exist\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_that_does_not_hold_by_itself_has_no_waves()
    {
        string text = _work.Read("0-before.yaml").Replace("- amy -> bob", "- { from: amy, to: bob, host: elsewhere.example }", StringComparison.Ordinal);
        _work.Write("wrong.yaml", text);

        ToolRun run = await _work.RunAsync("rollout", "0-before.yaml", "wrong.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            "0-before.yaml to wrong.yaml: it does not hold by itself\n  as it is to be: amy -> bob, TLS 1.2, dotnet: rejected by client: name-mismatch, expected accepted\n",
            run.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: --for \"carl=nginx\" names no party of new-root\n  hint: one is --for bob=nginx\n", "--for", "carl=nginx")]
    [InlineData("error: --steps needs a file for the scenario that is to be\n  hint: it becomes the last step\n", "-", "--steps", "x")]
    public async Task What_cannot_be_asked_is_a_fault_of_usage(string error, params string[] rest)
    {
        ToolRun run = await _work.RunWithInputAsync(_work.Read("0-before.yaml"), ["rollout", "0-before.yaml", .. rest]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.EndsWith(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_the_steps_drawn_with_what_changes_in_each()
    {
        ToolRun run = await _work.RunAsync("rollout", "0-before.yaml", "3-trust-new.yaml", "--html", "rollout.html");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        string page = _work.Read("rollout.html");
        Assert.Equal(
            ["1 widen", "2 identity", "3 narrow", "bob", "trust", "amy", "trust", "bob", "certificate", "amy", "certificate", "bob", "trust", "amy", "trust"],
            Regex.Matches(page, "<text class=\"(?:strong|quiet)\"[^>]*>([^<]*)</text>").Select(match => match.Groups[1].Value));
        Assert.Equal(2, Regex.Count(page, "<title>bob, amy before bob, amy</title>"));
        Assert.Contains("<li>identity: bob, amy accept both, and are who they are to be; any order</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_stack_that_was_asked_for_cannot_try_is_undecided()
    {
        _work.Write("old.yaml", _work.Read("0-before.yaml").Replace("ec-p256", "ed25519", StringComparison.Ordinal));
        _work.Write("new.yaml", _work.Read("1-trust-both.yaml").Replace("ec-p256", "ed25519", StringComparison.Ordinal));

        ToolRun run = await _work.RunAsync("rollout", "old.yaml", "new.yaml", "--stack", "dotnet");

        Assert.StartsWith("old.yaml to new.yaml: undecided\n  amy -> bob, TLS 1.2: not tried", run.Output, StringComparison.Ordinal);
        Assert.Equal((3, "error: something could not be tried, so nothing is known of the order\n  hint: the result says what, and why\n"), (run.ExitCode, run.Error));
    }

    private static string Shipped([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "scenarios", "rollouts"));
}
