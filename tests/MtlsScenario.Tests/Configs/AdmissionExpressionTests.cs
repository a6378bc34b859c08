using System.Text.RegularExpressions;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Configs;

public sealed class AdmissionExpressionTests
{
    private static readonly string[] Names =
    [
        "amy", "Amy", "amy.example", "bob.example", ".example", "a.b.example", "amy.example\n", "..example", "amy:1.example", "a,b",
        "amy@a.example", "Amy@a.example", "amy@example", "x://e/amy", "x://e/a/amy", "x://E.x/amy", "X://e.x/amy", "x://e.x/../amy",
        "x://e.x/./amy", "x://e.x//amy", "x://e.x/a?b/amy", "x://e.x/a/Amy", "x://f.x/a/amy", "x://f.x/a/amy/", "127.0.0.1", "::1", "a+b", "a.b", "(a|b)*",
        "urn:a:Amy", "URN:a:Amy", "urn:a:amy", "urn:A:Amy", "urn://a:Amy", "urn:a:Amy/b", "urn:a:Amy/B", "urn:a:Amy//b", "urn:",
    ];

    [Theory]
    [InlineData(null, "amy")]
    [InlineData(null, "*")]
    [InlineData(null, "*.example")]
    [InlineData(null, "a.b")]
    [InlineData(null, "(a|b)*")]
    [InlineData(GeneralNameKind.Dns, "*.Example")]
    [InlineData(GeneralNameKind.Email, "amy@*.example")]
    [InlineData(GeneralNameKind.Uri, "x://*.x/*/amy")]
    [InlineData(GeneralNameKind.Uri, "X://*/amy")]
    [InlineData(GeneralNameKind.Uri, "x://f.x/a/amy")]
    [InlineData(GeneralNameKind.Uri, "Urn:a:Amy")]
    [InlineData(GeneralNameKind.Uri, "urn:a:Amy/*")]
    [InlineData(GeneralNameKind.IpAddress, "0:0::1")]
    public void An_expression_matches_what_admits_matches(GeneralNameKind? kind, string pattern)
    {
        var entry = new AdmissionPattern(kind, pattern);
        var expression = new Regex($@"^{AdmissionExpression.Of(entry)}\z", RegexOptions.CultureInvariant);

        string[] byExpression = [.. Names.Where(name => expression.IsMatch(Normal(kind, name)))];
        string[] byAdmission = [.. Names.Where(name => Admission.Matches(entry, NamesOf(kind, name)))];

        Assert.Equal(byAdmission, byExpression);
        Assert.NotEmpty(byAdmission);
    }

    private static PeerNames NamesOf(GeneralNameKind? kind, string name) => kind is { } known
        ? new PeerNames("", [], [new GeneralName(known, name)])
        : new PeerNames("", [name], []);

    /// <summary>What has no case in small letters, as the configured programs write names before they compare.</summary>
    internal static string Normal(GeneralNameKind? kind, string name) => kind switch
    {
        GeneralNameKind.Dns => name.ToLowerInvariant(),
        GeneralNameKind.Email => Regex.Replace(name, @"@[^@]*\z", domain => domain.Value.ToLowerInvariant()),
        GeneralNameKind.Uri => Regex.Replace(
            name, "^([^:]*:)(?:(//(?:[^/]*@)?)([^/]*))?", origin => origin.Groups[1].Value.ToLowerInvariant() + origin.Groups[2].Value + origin.Groups[3].Value.ToLowerInvariant()),
        _ => name,
    };
}
