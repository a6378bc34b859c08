using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tests.Configs;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

public sealed class AdmissionTableTests
{
    /// <summary>The table is what all programs are held to: a column for each entry, a line for each caller.</summary>
    [Fact]
    public Task Who_is_admitted_by_what()
    {
        ImmutableArray<AdmissionPattern> entries = OddCallers.Entries;
        using var make = new CertificateMaker();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 root = make.Root();
        var table = new StringBuilder();
        for (int column = 0; column < entries.Length; column++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{(char)('a' + column)}  {entries[column]}\n");
        }

        table.Append('\n');
        foreach (OddCaller caller in OddCallers.All)
        {
            using X509Certificate2 certificate = caller.Certify(root, key);
            var names = PeerNames.Of(certificate);
            string admitted = string.Concat(entries.Select((entry, column) => Admission.Matches(entry, names) ? (char)('a' + column) : '-'));
            table.Append(CultureInfo.InvariantCulture, $"{admitted}  {caller.Label}\n");
        }

        return Verifier.Verify(table.ToString());
    }

    /// <summary>The other implementation of the rule, which the programs share.</summary>
    [Fact]
    public void The_expressions_decide_as_the_table_does()
    {
        using var make = new CertificateMaker();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 root = make.Root();
        foreach (OddCaller caller in OddCallers.All)
        {
            using X509Certificate2 certificate = caller.Certify(root, key);
            var names = PeerNames.Of(certificate);
            string[] byTable = [.. OddCallers.Entries.Where(entry => Admission.Matches(entry, names)).Select(entry => entry.ToString())];
            string[] byExpression = [.. OddCallers.Entries.Where(entry => Matches(entry, names)).Select(entry => entry.ToString())];
            Assert.Equal((caller.Label, string.Join(' ', byTable)), (caller.Label, string.Join(' ', byExpression)));
        }
    }

    private static bool Matches(AdmissionPattern entry, PeerNames names)
    {
        var expression = new Regex($@"^{AdmissionExpression.Of(entry)}\z", RegexOptions.CultureInvariant);
        return entry.Kind is null
            ? names.CommonNames is [var only] && expression.IsMatch(only)
            : names.AlternativeNames.Any(name => name.Kind == entry.Kind && expression.IsMatch(AdmissionExpressionTests.Normal(name.Kind, name.Value)));
    }
}
