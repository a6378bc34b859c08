using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

public sealed class JUnitOutputTests
{
    [Fact]
    public async Task The_result_for_a_CI_server_goes_into_a_pipe_too()
    {
        using var folder = new ToolFolder();
        string printed = await folder.RunToolAsync("test", ShippedScenarios.FileOf("amy-bob"), "--junit", "/dev/stdout", "-o", "table.txt");
        Assert.EndsWith("</testsuites>\n", printed, StringComparison.Ordinal);
        Assert.Contains("2 passed, 0 failed", await File.ReadAllTextAsync(folder.At("table.txt")), StringComparison.Ordinal);
    }
}
