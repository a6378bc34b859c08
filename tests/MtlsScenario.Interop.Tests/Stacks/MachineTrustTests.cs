using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>A machine that trusts everybody's CAs lets nobody in whom the scenario does not.</summary>
public sealed class MachineTrustTests
{
    [Theory]
    [InlineData("distinct-cas-swapped")]
    [InlineData("unknown-client-ca")]
    [InlineData("missing-intermediate")]
    public async Task What_the_machine_trusts_is_never_asked(string name)
    {
        Needs.Programs("node", "curl", "nginx", "openssl");
        using var folder = new ToolFolder();
        await folder.RunToolAsync("apply", ShippedScenarios.FileOf(name), "-d", "certs");
        string store = folder.At("store");
        Directory.CreateDirectory(store);
        string bundle = Path.Combine(store, "everybody.pem");
        IEnumerable<string> authorities = Directory.EnumerateFiles(folder.At("certs"), "*.crt").Where(file => !file.Contains('_', StringComparison.Ordinal) || file.EndsWith("_ca.crt", StringComparison.Ordinal));
        await File.WriteAllTextAsync(bundle, string.Concat(await Task.WhenAll(authorities.Select(file => File.ReadAllTextAsync(file)))));
        await Cli.Wrap(Needs.Program("openssl")).WithArguments(["rehash", store]).ExecuteBufferedAsync();

        BufferedCommandResult result = await Cli.Wrap("dotnet")
            .WithArguments([ToolFolder.Tool, "test", ShippedScenarios.FileOf(name), "-d", "certs", "--stack", "all"])
            .WithWorkingDirectory(folder.Root)
            .WithEnvironmentVariables(variables => variables
                .Set("SSL_CERT_FILE", bundle)
                .Set("SSL_CERT_DIR", store)
                .Set("CURL_CA_BUNDLE", bundle)
                .Set("NODE_EXTRA_CA_CERTS", bundle)
                .Set("NODE_OPTIONS", "--use-openssl-ca"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.True(result.ExitCode == 0, result.StandardOutput + result.StandardError);
        Assert.Contains(", 0 failed", result.StandardOutput, StringComparison.Ordinal);

        // .NET would take the intermediate from there, and was not to be tried then: now it does not see it.
        Assert.DoesNotContain("would complete the chain", result.StandardOutput, StringComparison.Ordinal);
    }

    /// <summary>What the tool hides from itself it does not hide from the user's own programs.</summary>
    [Theory]
    [InlineData("/somewhere")]
    [InlineData(null)]
    public async Task A_command_of_the_user_s_has_the_user_s_trust(string? trusted)
    {
        Needs.Program("sh");
        using var folder = new ToolFolder();
        await Cli.Wrap("dotnet")
            .WithArguments([ToolFolder.Tool, "apply", ShippedScenarios.FileOf("amy-bob"), "-d", "certs", "--on-change", "printf %s \"${SSL_CERT_DIR-none} ${SSL_CERT_FILE-none}\" > said"])
            .WithWorkingDirectory(folder.Root)
            .WithEnvironmentVariables(variables => variables.Set("SSL_CERT_DIR", trusted).Set("SSL_CERT_FILE", trusted))
            .ExecuteBufferedAsync();
        Assert.Equal(trusted is null ? "none none" : $"{trusted} {trusted}", await File.ReadAllTextAsync(folder.At("said")));
    }
}
