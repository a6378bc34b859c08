using MtlsScenario.Binding;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Binding;

public sealed class UriNameTests
{
    [Theory]
    [InlineData("spiffe://example.org/amy", null)]
    [InlineData("https://amy@[2001:db8::1]:443/a?b=c://d#e", null)]
    [InlineData("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", null)]
    [InlineData("urn:x://a", null)]
    [InlineData("urn:?u=https://", null)]
    [InlineData("urn://?", "its host is missing or malformed")]
    [InlineData("https:///amy", "its host is missing or malformed")]
    [InlineData("//example.org/amy", "write it like spiffe://example.org/amy (RFC 3986)")]
    [InlineData("urn:%4", "write it like spiffe://example.org/amy (RFC 3986)")]
    [InlineData("urn:é", "write characters outside ASCII percent-encoded, and hosts as A-labels")]
    public void A_host_must_follow_where_two_slashes_follow_the_scheme_and_nowhere_else(string text, string? problem)
    {
        string? name = NameSyntax.Canonical(GeneralNameKind.Uri, text, replicas: null, out string? found);

        Assert.Equal(problem, found);
        Assert.Equal(problem is null ? text : null, name);
    }
}
