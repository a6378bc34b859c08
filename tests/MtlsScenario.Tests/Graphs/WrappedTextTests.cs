using MtlsScenario.Graphs;
using Xunit;

namespace MtlsScenario.Tests.Graphs;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("authorityKeyIdentifier: none -> 0839A1B2C3D4E5F60718293A4B5C6D7E8F901234")]
    [InlineData("names: a-b.example, c-d.example -> a-b.example, c-d.example, e-f.example")]
    [InlineData("subject: /CN=x->y -> /CN=y")]
    public void An_arrow_is_never_broken(string text)
    {
        for (int widest = 20; widest <= text.Length; widest++)
        {
            string[] lines = [.. WrappedText.Lines(text, widest, TerminalColumns.Of)];
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.StartsWith('>'));
        }
    }
}
