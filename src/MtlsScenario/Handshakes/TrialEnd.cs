using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>Who stands at one end of a trial.</summary>
/// <param name="Party">The party's name.</param>
/// <param name="Number">The number of the replica; null for a party without replicas.</param>
/// <param name="Certificate">The certificate that it uses, and how.</param>
internal sealed record TrialEnd(string Party, int? Number, PartyCertificate Certificate)
{
    /// <summary>As in a scenario: <c>amy</c>, <c>amy[3]</c>.</summary>
    public override string ToString() =>
        Number is null ? Party : string.Create(CultureInfo.InvariantCulture, $"{Party}[{Number}]");
}
