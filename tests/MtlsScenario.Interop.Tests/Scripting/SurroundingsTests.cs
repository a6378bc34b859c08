using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>
/// A script is copied alone into a folder where everything is against it: its certificates are those that openssl verifies
/// at its strictest, and with which curl gets through to s_server.
/// </summary>
public sealed class SurroundingsTests : IDisposable
{
    /// <summary>Sections that openssl reads on its own, each with what would spoil a certificate.</summary>
    private const string HostileConfiguration = """
        openssl_conf = start
        [start]
        providers = providers
        engines = engines
        alg_section = algorithms
        [providers]
        nothing = nothing
        [engines]
        nothing = nothing
        [nothing]
        activate = 1
        [algorithms]
        fips_mode = maybe
        [ca]
        default_ca = evil_ca
        [evil_ca]
        copy_extensions = copyall
        default_md = md5
        [req]
        default_bits = 512
        default_md = md5
        string_mask = nombstr
        distinguished_name = evil_name
        x509_extensions = evil
        req_extensions = evil
        [evil_name]
        CN = evil
        [evil]
        nsComment = evil
        basicConstraints = CA:TRUE
        """;

    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [OpenSslTheory("1.1.1")]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-distinct-cas")]
    public Task On_1_1_1(string name) => ConnectAsync(name, "1.1.1");

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-distinct-cas")]
    public Task On_the_machine_s_own(string name) => ConnectAsync(name, OpenSslPrograms.Installed);

    [OpenSslTheory("3.5")]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-distinct-cas")]
    public Task On_3_5(string name) => ConnectAsync(name, "3.5");

    [OpenSslTheory("3.6")]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-distinct-cas")]
    public Task On_3_6(string name) => ConnectAsync(name, "3.6");

    [OpenSslTheory("1.1.1")]
    [InlineData("1.1.1")]
    public Task A_stale_serial_file_has_no_say_on_1_1_1(string version) => CheckBareAsync(version);

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [InlineData(OpenSslPrograms.Installed)]
    public async Task A_stale_serial_file_has_no_say_on_the_machine_s_own(string version)
    {
        if (OpenSslFacts.WritesVersion1(await OpenSslFacts.VersionOfAsync(version)))
        {
            await CheckBareAsync(version);
        }
        else
        {
            await OpenSslFacts.AssertRefusesVersion1Async(_folder, Planner.For(ShippedScenarios.Read("amy-bob-bare")), version);
        }
    }

    [Theory]
    [InlineData("/nonexistent")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("garbage")]
    public async Task Whatever_OPENSSL_CONF_names_has_no_say(string configuration)
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob"));
        string garbage = _folder.Write("garbage.cnf", "[[[ this is\n= no = configuration\n");
        foreach (string version in OpenSslPrograms.All)
        {
            var how = new ScriptRun { Version = version, Variables = { ["OPENSSL_CONF"] = configuration == "garbage" ? garbage : configuration } };
            BufferedCommandResult run = await _folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), how);
            Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
            Assert.Equal("", _folder.Differences(plan));
        }
    }

    [Fact]
    public async Task Neither_locale_nor_time_zone_nor_variables_have_a_say()
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob"));
        var how = new ScriptRun
        {
            Variables =
            {
                ["LC_ALL"] = "tr_TR.UTF-8", ["LANG"] = "ar_EG.UTF-8", ["TZ"] = "Asia/Kathmandu", ["IFS"] = "c/.", ["CDPATH"] = "/tmp:/",
                ["phase"] = "deliver", ["n"] = "../x", ["number"] = "x", ["rest"] = "x", ["work"] = "/tmp", ["folder"] = "/", ["now"] = "0",
            },
        };

        BufferedCommandResult run = await _folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), how);

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Equal("", _folder.Differences(plan));
    }

    [Fact]
    public async Task The_same_scenario_gives_the_same_script_in_any_locale_and_time_zone()
    {
        string file = ShippedScenarios.FileOf("fixed-serials-and-dates");
        var scripts = new HashSet<string>();
        foreach ((string locale, string zone) in new[] { ("C", "UTC"), ("tr_TR.UTF-8", "Asia/Kathmandu"), ("ar_SA.UTF-8", "America/St_Johns") })
        {
            BufferedCommandResult run = await Cli.Wrap("dotnet")
                .WithArguments([ToolFolder.Tool, "script", file])
                .WithWorkingDirectory(_folder.Root)
                .WithEnvironmentVariables(variables => variables.Set("LC_ALL", locale).Set("TZ", zone).Set("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"))
                .ExecuteBufferedAsync();
            scripts.Add(run.StandardOutput);
        }

        Assert.StartsWith("#!/bin/sh\n", Assert.Single(scripts), StringComparison.Ordinal);
    }

    private async Task ConnectAsync(string name, string version)
    {
        Plan plan = Planner.For(ShippedScenarios.Read(name));
        string configuration = _folder.Write("evil.cnf", HostileConfiguration);
        string[] authorities = name == "amy-bob" ? ["ca"] : ["bob_ca", "amy_ca"];
        foreach (string authority in authorities)
        {
            _folder.Write($"out/{authority}.srl", "1234567890ABCDEF\n");
        }

        // Alone: the script is in that folder, and nothing else is.
        var how = new ScriptRun
        {
            File = "out/certificates.sh",
            Folder = "out",
            Arguments = [],
            Version = version,
            Variables = { ["OPENSSL_CONF"] = configuration },
        };
        BufferedCommandResult run = await _folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), how);
        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));

        (string bobs, string amys) = (authorities[0], authorities[^1]);
        await SucceedAsync($"openssl verify -x509_strict -no-CApath -CAfile {bobs}.crt -purpose sslserver -verify_hostname localhost bob_server.crt");
        await SucceedAsync($"openssl verify -x509_strict -no-CApath -CAfile {amys}.crt -purpose sslclient amy_client.crt");
        int port = FreePort.Take();
        await using RunningProgram server = await RunningProgram.StartServerAsync(
            _folder.Out, port, "openssl", "s_server", "-accept", $"{port}", "-cert", "bob_server.crt", "-key", "bob_server.key",
            "-CAfile", $"{amys}.crt", "-Verify", "1", "-verify_return_error", "-www", "-quiet");
        string call = $"curl -sS --noproxy '*' --capath /dev/null --cacert {bobs}.crt https://localhost:{port}/";
        Assert.Contains("Verify return code: 0 (ok)", await SucceedAsync($"{call} --key amy_client.key --cert amy_client.crt"), StringComparison.Ordinal);
        Assert.NotEqual(0, (await Configs.Shell.RunAsync(_folder.Out, call)).ExitCode);
    }

    private async Task CheckBareAsync(string version)
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob-bare"));
        _folder.Write("out/ca.srl", "1234567890ABCDEF\n");

        await _folder.RunAsync(plan, version);

        Assert.Equal("ca.srl: file: none is there", _folder.Differences(plan));
        Assert.DoesNotContain("1234567890ABCD", await SucceedAsync("openssl x509 -in bob_server.crt -noout -serial"), StringComparison.Ordinal);
    }

    private async Task<string> SucceedAsync(string command)
    {
        BufferedCommandResult run = await Configs.Shell.RunAsync(_folder.Out, command);
        Assert.True(run.ExitCode == 0, run.StandardOutput + run.StandardError);
        return run.StandardOutput;
    }
}
