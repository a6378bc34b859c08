using System.Runtime.CompilerServices;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Pictures;

/// <summary>Runs the programs of <c>tests/browser</c>, which look at files with Debian's chromium.</summary>
internal static class Browser
{
    /// <summary>Runs one and returns what it found.</summary>
    public static async Task<JsonElement> LookAsync(string program, params string[] arguments)
    {
        Needs.Program(Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium");
        Needs.That(Directory.Exists(Path.Combine(Folder(), "node_modules")), "the packages of the browser tests (npm ci --prefix tests/browser)");
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        BufferedCommandResult result = await Cli.Wrap(Needs.Program("node"))
            .WithArguments([Path.Combine(Folder(), program), .. arguments])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(timeout.Token);
        Assert.True(result.ExitCode == 0, result.StandardError);
        using JsonDocument found = JsonDocument.Parse(result.StandardOutput);
        return found.RootElement.Clone();
    }

    /// <summary>The texts of an array.</summary>
    public static string[] Texts(this JsonElement found, string name) =>
        [.. found.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static string Folder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../browser"));
}
