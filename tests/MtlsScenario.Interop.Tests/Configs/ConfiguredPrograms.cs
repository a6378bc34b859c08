using CliWrap.Buffered;
using MtlsScenario.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Runs programs as they are configured, and <c>serve</c> and <c>call</c> as if they were programs.</summary>
internal static class ConfiguredPrograms
{
    /// <summary>What is in the answer of the server that is called, as <c>openssl s_server -www</c> says it.</summary>
    public const string Answer = "Ciphers supported in s_server";

    /// <summary>Starts bob as he is configured, or serves as him.</summary>
    public static async Task<IAsyncDisposable> StartAsync(ConfiguredScenario made, string program) => program == ServedParty.Serve
        ? await ServedParty.StartAsync(made, "bob")
        : await ServerRunner.StartAsync(made, Enum.Parse<ConfigProgram>(program));

    /// <summary>How amy calls bob with the program, and whether she gets an answer.</summary>
    public static async Task<Func<Task<bool>>> CallerAsync(ConfiguredScenario made, string program)
    {
        if (program == ServedParty.Call)
        {
            return async () => (await ServedParty.CallAsync(made, "amy")).Status == 200;
        }

        var kind = Enum.Parse<ConfigProgram>(program);
        ConfigFile file = made.WriteClient(kind, "amy")[0];
        if (kind == ConfigProgram.DotNet)
        {
            BufferedCommandResult build = await Shell.RunAsync(made.Folder, $"dotnet build {file.Name} -o built");
            Assert.True(build.ExitCode == 0, build.StandardOutput);
        }

        if (kind == ConfigProgram.Go)
        {
            await ServerRunner.BuildGoAsync(made, file.Name);
        }
        else if (kind == ConfigProgram.Java)
        {
            Assert.Equal(0, (await Shell.RunAsync(made.Folder, $"javac -d . {file.Name}")).ExitCode);
        }

        string command = kind switch
        {
            ConfigProgram.Java => "java -XX:TieredStopAtLevel=1 Client",
            ConfigProgram.Go => "./built",
            ConfigProgram.Python => $"python3 {file.Name}",
            ConfigProgram.Node => $"node {file.Name}",
            ConfigProgram.DotNet => "dotnet built/app_amy.dll",
            ConfigProgram.OpenSsl => $"{file.Text.TrimEnd()} -ign_eof",
            _ => $"sh {file.Name}",
        };
        string request = kind == ConfigProgram.OpenSsl ? "GET / HTTP/1.0\r\n\r\n" : "";
        return async () => (await Shell.RunAsync(made.Folder, command, request)).StandardOutput.Contains(Answer, StringComparison.Ordinal);
    }
}
