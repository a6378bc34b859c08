using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Every shipped scenario on every stack, issued in memory.</summary>
public sealed class IssuedTrialsTests(IssuedTrials trials, ITestOutputHelper output)
    : ShippedTrialsTests(trials, output), IClassFixture<IssuedTrials>
{
    private protected override string Title => "Issued in memory";
}
