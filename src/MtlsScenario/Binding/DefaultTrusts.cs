using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>
/// Fills in <c>trusts</c> where it is not written: the roots above the other end of each connection that must be accepted,
/// and, for a caller, of each that the server must reject, for it has to get that far. A connection that must be
/// rejected adds nothing to what the server trusts: there would be nothing left to reject.
/// </summary>
internal static class DefaultTrusts
{
    public static BoundScenario Apply(BoundScenario scenario)
    {
        var roots = new Dictionary<Fields, List<string>>();
        foreach (Connection connection in scenario.Connections.Select(bound => bound.Model))
        {
            if (scenario.Calling(connection) is not { } calling || scenario.Called(connection) is not { } called)
            {
                continue;
            }

            bool isAccepted = connection.Expect == Outcome.Accepted;
            if (isAccepted || connection.By != Side.Client)
            {
                Add(roots, calling, called, scenario);
            }

            if (isAccepted)
            {
                Add(roots, called, calling, scenario);
            }
        }

        return scenario.With([.. scenario.Parties.Select(party => party with
        {
            Certificates = [.. party.Certificates.Select(use => use.Model.Trusts.IsDefault
                ? use with { Model = use.Model with { Trusts = [.. roots.GetValueOrDefault(use.Certificate.Fields) ?? []] } }
                : use)],
        })]);
    }

    private static void Add(
        Dictionary<Fields, List<string>> roots, BoundPartyCertificate end, BoundPartyCertificate other, BoundScenario scenario)
    {
        if (!roots.TryGetValue(end.Certificate.Fields, out List<string>? trusted))
        {
            roots.Add(end.Certificate.Fields, trusted = []);
        }

        if (scenario.IssuersAbove(other.Certificate).LastOrDefault()?.Model.Name is { } root && !trusted.Contains(root))
        {
            trusted.Add(root);
        }
    }
}
