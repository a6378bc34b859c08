using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A party in its role as server: all that a program must know to be it.</summary>
internal sealed record ServerSettings : PartySettings
{
    /// <summary>Where it listens.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The oldest version that it accepts.</summary>
    public required TlsVersion MinimumTls { get; init; }

    /// <summary>The callers that it lets in; null for whoever it can verify.</summary>
    public required ImmutableArray<AdmissionPattern>? Admits { get; init; }

    /// <summary>Those who are meant to get through to it, by the connections of the scenario.</summary>
    public IEnumerable<KnownCaller> Connected { get; init; } = [];

    /// <summary>All who can call anybody.</summary>
    public IEnumerable<KnownCaller> Known { get; init; } = [];

    /// <summary>
    /// Of those who are known, the ones that it lets in, for programs in which each caller has an account: by their only common
    /// names, or, where it lets in whoever it can verify, those who are meant to get through.
    /// </summary>
    public IEnumerable<KnownCaller> Admitted => Admits is { } admits ? admits.SelectMany(AdmittedBy).Distinct() : Connected;

    /// <summary>Of those who are known, the ones that an entry for common names lets in.</summary>
    public IEnumerable<KnownCaller> AdmittedBy(AdmissionPattern entry)
    {
        var expression = new Regex($@"\A(?:{AdmissionExpression.Of(entry)})\z", RegexOptions.CultureInvariant);
        return Known.Where(caller => caller.CommonName is { } name && expression.IsMatch(name));
    }
}
