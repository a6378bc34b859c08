using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Tool;
using MtlsScenario.Tool.Context;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Trials of what the emitted script made, with this machine's openssl.</summary>
public sealed class ScriptedTrials : ShippedTrials
{
    private protected override async Task<string?> MakeAsync(string name)
    {
        Needs.Programs("sh", "openssl");
        using var error = new StringWriter();
        ExitCode exitCode = await CommandRunner.RunAsync(
            Context with { Error = error, Quiet = true, Environment = Stack.EnvironmentFor(ShippedScenarios.Read(name)) }, ["apply", ShippedScenarios.FileOf(name), "--engine", "openssl"], CancellationToken.None);
        Assert.True(exitCode == ExitCode.Success, $"{name}: {error}");
        return name;
    }
}
