using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>Which library makes the keys on curves.</summary>
public sealed class OpenSslLoadingTests
{
    [Fact]
    public async Task For_keys_on_curves_libcrypto_is_enough()
    {
        Needs.That(OperatingSystem.IsLinux(), "OpenSSL as the platform's cryptography");
        string loaded = await LoadedAsync(null);
        Assert.Contains("libcrypto.so.3", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("libssl.so", loaded, StringComparison.Ordinal);
    }

    /// <summary>Who tells .NET which OpenSSL to take has that one, and the same certificates of it.</summary>
    [Fact]
    public async Task The_OpenSSL_that_the_platform_was_told_to_take_is_taken()
    {
        Needs.That(OperatingSystem.IsLinux(), "OpenSSL as the platform's cryptography");
        string loaded = await LoadedAsync("3");
        Assert.Contains("libssl.so.3", loaded, StringComparison.Ordinal);
    }

    /// <summary>Applies with a key on a curve each, has openssl check it, and applies again by the other way.</summary>
    private static async Task<string> LoadedAsync(string? version)
    {
        string openssl = Needs.Program("openssl");
        using var folder = new ToolFolder();
        await File.WriteAllTextAsync(folder.At("curves.yaml"), """
            name: curves
            defaults: { key: ec-p256 }
            authorities:
              ca: { subject: /CN=ca, key: ec-p521 }
            parties:
              bob:
                server: { subject: /CN=localhost, issuer: ca }
              amy:
                client: { subject: /CN=amy, issuer: ca, key: ec-p384, digest: sha384 }
            """);
        BufferedCommandResult made = await RunAsync(folder, version);
        foreach (string stem in new[] { "bob_server", "amy_client" })
        {
            await Cli.Wrap(openssl).WithArguments(["verify", "-CAfile", "ca.crt", $"{stem}.crt"]).WithWorkingDirectory(folder.At("curves")).ExecuteBufferedAsync();
            await Cli.Wrap(openssl).WithArguments(["pkey", "-in", $"{stem}.key", "-check", "-noout"]).WithWorkingDirectory(folder.At("curves")).ExecuteBufferedAsync();
        }

        BufferedCommandResult again = await RunAsync(folder, version is null ? "3" : null);
        Assert.Contains("Nothing to do", again.StandardOutput, StringComparison.Ordinal);
        return made.StandardError;
    }

    private static async Task<BufferedCommandResult> RunAsync(ToolFolder folder, string? version) => await Cli.Wrap("dotnet")
        .WithArguments([ToolFolder.Tool, "apply", "curves.yaml"])
        .WithWorkingDirectory(folder.Root)
        .WithEnvironmentVariables(variables => variables.Set("LD_DEBUG", "files").Set("CLR_OPENSSL_VERSION_OVERRIDE", version))
        .ExecuteBufferedAsync();
}
