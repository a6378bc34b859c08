using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Every shipped scenario on every stack, made by the emitted script.</summary>
public sealed class ScriptedTrialsTests(ScriptedTrials trials, ITestOutputHelper output)
    : ShippedTrialsTests(trials, output), IClassFixture<ScriptedTrials>
{
    private protected override string Title => "Made by the emitted script";
}
