using System.Globalization;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary>The article from end to end, with the two scenarios of the article that ship.</summary>
public sealed class ArticleTests
{
    [Theory]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-distinct-cas")]
    public async Task Bobs_server_and_Amys_curl_come_from_config(string name)
    {
        int port = FreePort.Take();
        using var folder = new ToolFolder();
        string scenario = await File.ReadAllTextAsync(ShippedScenarios.FileOf(name));
        Assert.Contains("localhost:3000", scenario, StringComparison.Ordinal);
        folder.Write("article.yaml", scenario.Replace("localhost:3000", string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"), StringComparison.Ordinal));

        await folder.RunToolAsync("apply", "article.yaml");
        await folder.RunToolAsync("config", "article.yaml", "bob", "--for", "node", "-o", $"{name}/app_bob.js");
        string curl = (await folder.RunToolAsync("config", "article.yaml", "amy", "--for", "curl")).TrimEnd();

        string inside = folder.At(name);
        await using (await RunningProgram.StartServerAsync(inside, port, "node", "app_bob.js"))
        {
            Assert.Equal("Hello, \"amy-client\". This is bob.\n", (await Shell.RunAsync(inside, curl)).StandardOutput);
            Assert.Equal(0, (await Shell.RunAsync(inside, $"{curl} --tls-max 1.2")).ExitCode);
            Assert.NotEqual(0, (await Shell.RunAsync(inside, WithoutCertificate(curl))).ExitCode);
        }

        await using (await RunningProgram.StartServerAsync(inside, port, "node", "--tls-min-v1.3", "app_bob.js"))
        {
            Assert.Equal("Hello, \"amy-client\". This is bob.\n", (await Shell.RunAsync(inside, curl)).StandardOutput);
            Assert.NotEqual(0, (await Shell.RunAsync(inside, $"{curl} --tls-max 1.2")).ExitCode);
        }
    }

    [Fact]
    public async Task The_line_that_serve_prints_reaches_it_and_so_does_call()
    {
        using var folder = new ToolFolder();
        File.Copy(ShippedScenarios.FileOf("amy-bob"), folder.At("amy-bob.yaml"));
        await folder.RunToolAsync("apply", "amy-bob.yaml");
        await using ToolServer server = await ToolServer.StartAsync(folder, "serve", "amy-bob.yaml", "bob", "--listen", "localhost:0", "--tls-min", "1.3");

        BufferedCommandResult text = await Shell.RunAsync(folder.Root, $"{server.CallLine} -s");
        Assert.Equal(
            """
            This is bob. You are
              subject: CN=amy-client
              names:   none
              issuer:  CN=my-ca
              TLS:     1.3, TLS_AES_256_GCM_SHA384

            """.ReplaceLineEndings("\n"),
            text.StandardOutput);
        BufferedCommandResult json = await Shell.RunAsync(folder.Root, $"{server.CallLine} -s --http1.1 -H 'Accept: application/json'");
        Assert.Contains("\"subject\": \"CN=amy-client\"", json.StandardOutput, StringComparison.Ordinal);
        Assert.Equal("2", (await Shell.RunAsync(folder.Root, $"{server.CallLine} -s -o answer.txt -w '%{{http_version}}'")).StandardOutput);
        Assert.NotEqual(0, (await Shell.RunAsync(folder.Root, $"{server.CallLine} -s --tls-max 1.2")).ExitCode);
        await server.WaitUntilSaidAsync(said => said.Contains(": tls-version", StringComparison.Ordinal));

        string answer = await folder.RunToolAsync("call", "amy-bob.yaml", "amy", $"https://localhost:{server.Port}");
        Assert.StartsWith($"200 from https://localhost:{server.Port}, TLS 1.3", answer, StringComparison.Ordinal);
        Assert.Contains("\n  subject: CN=amy-client\n", answer, StringComparison.Ordinal);
    }

    private static string WithoutCertificate(string curl) =>
        curl.Replace("--key amy_client.key --cert amy_client.crt ", "", StringComparison.Ordinal);
}
