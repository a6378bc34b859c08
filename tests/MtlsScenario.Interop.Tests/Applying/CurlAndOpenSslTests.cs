using System.Globalization;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>The files of the article's scenarios, in the hands of two programs that know nothing of this one.</summary>
public sealed class CurlAndOpenSslTests
{
    [Theory]
    [InlineData("amy-bob", "ca", "ca", "tls1_2")]
    [InlineData("amy-bob", "ca", "ca", "tls1_3")]
    [InlineData("amy-bob-distinct-cas", "bob_ca", "amy_ca", "tls1_2")]
    [InlineData("amy-bob-distinct-cas", "bob_ca", "amy_ca", "tls1_3")]
    public async Task Curl_gets_through_to_openssl_which_requires_a_certificate(string name, string amyTrusts, string bobTrusts, string version)
    {
        using var folder = new ToolFolder();
        File.Copy(ShippedScenarios.FileOf(name), folder.At("scenario.yaml"));
        await folder.RunToolAsync("apply", "scenario.yaml");
        int port = FreePort.Take();
        string files = folder.At(name);
        await using RunningProgram server = await RunningProgram.StartServerAsync(
            files, port, "openssl", "s_server", "-accept", string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"), "-www", $"-{version}",
            "-cert", "bob_server.crt", "-key", "bob_server.key", "-CAfile", $"{bobTrusts}.crt", "-no-CApath", "-Verify", "3", "-verify_return_error");

        string curl = $"curl -sS --max-time 20 https://localhost:{port}/ --cacert {amyTrusts}.crt";
        BufferedCommandResult through = await Shell.RunAsync(files, $"{curl} --cert amy_client.crt --key amy_client.key");
        Assert.Equal((0, ""), (through.ExitCode, through.StandardError));
        Assert.Contains("Verify return code: 0 (ok)", through.StandardOutput, StringComparison.Ordinal);

        Assert.NotEqual(0, (await Shell.RunAsync(files, curl)).ExitCode);

        // Bob's own certificate is no client's, whoever issued it.
        Assert.NotEqual(0, (await Shell.RunAsync(files, $"{curl} --cert bob_server.crt --key bob_server.key")).ExitCode);

        // CURLE_PEER_FAILED_VERIFICATION: Amy trusts another root.
        string other = curl.Replace($"{amyTrusts}.crt", "amy_client.crt", StringComparison.Ordinal);
        Assert.Equal(60, (await Shell.RunAsync(files, $"{other} --cert amy_client.crt --key amy_client.key")).ExitCode);
    }
}
