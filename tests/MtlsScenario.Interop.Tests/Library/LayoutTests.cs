using MtlsScenario;
using Xunit;

namespace Bob.Tests;

public sealed class LayoutTests
{
    [Fact]
    public Task Who_certifies_whom_and_who_trusts_whom()
    {
        var layout = ScenarioLayout.Of(ScenarioLoader.Load("amy-bob.yaml"));
        return Verifier.Verify(layout.ToString());
    }
}
