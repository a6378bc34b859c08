using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports authorities that issue each other: they have no root, and none of them can be made first.</summary>
internal static class IssuerCycles
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (BoundAuthority start in scenario.Authorities)
        {
            var path = new List<BoundAuthority>();
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            BoundAuthority? authority = start;
            while (authority is not null && !done.Contains(authority.Model.Name) && places.TryAdd(authority.Model.Name, path.Count))
            {
                path.Add(authority);
                authority = scenario.FindAuthority(authority.Model.Issuer);
            }

            if (authority is not null && places.TryGetValue(authority.Model.Name, out int first))
            {
                Report(path[first..], faults);
            }

            done.UnionWith(places.Keys);
        }
    }

    private static void Report(List<BoundAuthority> cycle, FaultList faults)
    {
        BoundAuthority first = cycle[0];
        SourcePosition position = first.Certificate.Fields.PositionOf("issuer");
        if (cycle.Count == 1)
        {
            faults.Error(
                position,
                DiagnosticCodes.IssuerCycle,
                $"authority {VisibleText.Quoted(first.Model.Name)} names itself as its issuer",
                "leave issuer out for a self-signed root");
            return;
        }

        const int Shown = 8;
        IEnumerable<string> names = cycle.Take(Shown).Select(authority => VisibleText.Of(authority.Model.Name));
        string middle = cycle.Count > Shown ? " -> ..." : "";
        faults.Error(
            position,
            DiagnosticCodes.IssuerCycle,
            $"the issuers go in a circle: {string.Join(" -> ", names)}{middle} -> {VisibleText.Of(first.Model.Name)}",
            "leave issuer out for the one that is the root");
    }
}
