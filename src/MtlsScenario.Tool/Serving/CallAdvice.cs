using MtlsScenario.Configs;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>What a caller of a scenario can do where a call does not get through, as commands and changes of that scenario.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="place">Where it and its certificates are.</param>
/// <param name="caller">Who calls.</param>
/// <param name="target">Whom it calls.</param>
internal sealed class CallAdvice(Scenario scenario, ScenarioPlace place, PartyReference caller, CallTarget target)
{
    /// <summary>Where nobody listens.</summary>
    public string Start => target.Server is { } server
        ? $"is {server} running? {place.Command("serve", Reference(server).ToString())} runs it"
        : $"is the server at {target.Url.Authority} running?";

    /// <summary>Whether the only version that is offered is one that the server is not to speak.</summary>
    public bool IsVersionAmiss => target is { Tls: { } offered, Server: { } server } && offered < scenario.Party(server.Party).Called!.MinimumTls;

    /// <summary>Where a certificate has expired: nothing is renewed that the scenario means to be expired.</summary>
    /// <param name="judge">Who turned the other away, and so does not hold the certificate.</param>
    /// <param name="holder">Who holds it, as the user knows it.</param>
    public string Renewal(Side judge, string holder)
    {
        PartyReference? party = judge == Side.Server ? caller : target.Server is { } server ? Reference(server) : null;
        if ((judge == Side.Server ? party?.Party.Calling : party?.Party.Called) is not { } certificate)
        {
            return $"let {holder} renew its certificate and those above it";
        }

        IEnumerable<(string Stem, CertificateSpecification? Specification)> chain =
        [
            (FileNames.Stem(party!.Party, certificate.Role), certificate.Certificate),
            .. scenario.IssuersAbove(certificate.Certificate).Select(authority => (authority.Name, authority.Certificate)),
        ];
        return chain.FirstOrDefault(one => one.Specification is { } written && IsWritten(written.Lifetime.Until)).Stem is { } stem
            ? $"the scenario itself writes down when {stem} ends, so apply makes no other; give it another lifetime where it is not meant to be expired"
            : $"renew {holder}'s certificate and those above it: {place.Command("apply")}";
    }

    /// <summary>Whether an end does not move with the moment of issuance into the future: such a certificate is never due.</summary>
    private static bool IsWritten(TimePoint end) => end is TimePoint.Instant or TimePoint.Offset { FromNow.Ticks: <= 0 };

    private PartyReference Reference(ConnectionEnd end)
    {
        Party party = scenario.Party(end.Party);
        return new PartyReference(party, party.Replicas is null ? null : end.Number ?? 1);
    }
}
