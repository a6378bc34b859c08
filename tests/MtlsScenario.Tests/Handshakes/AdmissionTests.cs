using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

public sealed class AdmissionTests
{
    [Theory]
    [InlineData("amy-client", "amy-client", true)]
    [InlineData("amy-client", "Amy-Client", false)]
    [InlineData("amy-client", "amy-client2", false)]
    [InlineData("*.devices.example", "d1.devices.example", true)]
    [InlineData("*.devices.example", "a.d1.devices.example", false)]
    [InlineData("*.devices.example", ".devices.example", false)]
    [InlineData("amy-*", "amy-client", false)]
    [InlineData("*", "amy-client", true)]
    public void A_common_name_is_compared_whole_or_label_by_label(string pattern, string commonName, bool isAdmitted) =>
        Assert.Equal(isAdmitted, Admits(new(null, pattern), [commonName], []));

    [Fact]
    public void None_or_several_common_names_match_nothing()
    {
        Assert.False(Admits(new(null, "*"), [], []));
        Assert.False(Admits(new(null, "amy-client"), ["amy-client", "bob"], []));
        Assert.False(Admits(new(null, "amy-client"), ["amy-client", "amy-client"], []));
    }

    [Theory]
    [InlineData(GeneralNameKind.Dns, "*.example.com", "A.Example.com", true)]
    [InlineData(GeneralNameKind.Dns, "*.example.com", "a.b.example.com", false)]
    [InlineData(GeneralNameKind.Email, "amy@example.com", "amy@EXAMPLE.com", true)]
    [InlineData(GeneralNameKind.Email, "amy@example.com", "Amy@example.com", false)]
    [InlineData(GeneralNameKind.IpAddress, "::1", "0:0:0:0:0:0:0:1", true)]
    [InlineData(GeneralNameKind.IpAddress, "10.0.0.1", "10.0.0.2", false)]
    [InlineData(GeneralNameKind.Uri, "spiffe://example/ns/*/sa/amy", "spiffe://example/ns/prod/sa/amy", true)]
    [InlineData(GeneralNameKind.Uri, "spiffe://example/ns/*/sa/amy", "spiffe://example/ns/a/b/sa/amy", false)]
    [InlineData(GeneralNameKind.Uri, "spiffe://example/ns/*", "spiffe://example/ns/", false)]
    [InlineData(GeneralNameKind.Uri, "spiffe://example/*", "spiffe://example/..", false)]
    [InlineData(GeneralNameKind.Uri, "spiffe://example/amy", "spiffe://Example/amy", true)]
    [InlineData(GeneralNameKind.Uri, "spiffe://example/amy", "spiffe://example/Amy", false)]
    [InlineData(GeneralNameKind.Uri, "spiffe://*.example/amy", "spiffe://x@evil.example/amy", false)]
    [InlineData(GeneralNameKind.Uri, "https://example/amy", "spiffe://example/amy", false)]
    [InlineData(GeneralNameKind.Uri, "urn:example:amy", "URN:example:amy", true)]
    [InlineData(GeneralNameKind.Uri, "urn:example:amy", "urn:example:Amy", false)]
    [InlineData(GeneralNameKind.Uri, "urn:example", "urn://example", false)]
    [InlineData(GeneralNameKind.Uri, "urn:a://b/c", "urn:a://B/c", false)]
    public void A_typed_name_is_compared_by_the_rules_of_its_kind(
        GeneralNameKind kind, string pattern, string name, bool isAdmitted) =>
        Assert.Equal(isAdmitted, Admits(new(kind, pattern), [], [new(kind, name)]));

    [Fact]
    public void A_name_of_another_kind_does_not_match()
    {
        Assert.False(Admits(new(GeneralNameKind.Dns, "amy"), ["amy"], [new(GeneralNameKind.Uri, "amy")]));
        Assert.False(Admits(new(null, "amy"), [], [new(GeneralNameKind.Dns, "amy")]));
    }

    [Fact]
    public void Without_a_list_everybody_is_let_in_and_with_an_empty_one_nobody()
    {
        var caller = new PeerNames("CN=amy", ["amy"], []);
        Assert.True(new Admission(null).Admits(caller));
        Assert.False(new Admission(ImmutableArray<AdmissionPattern>.Empty).Admits(caller));
    }

    private static bool Admits(
        AdmissionPattern pattern, ImmutableArray<string> commonNames, ImmutableArray<GeneralName> names) =>
        new Admission([pattern]).Admits(new PeerNames("", commonNames, names));
}
