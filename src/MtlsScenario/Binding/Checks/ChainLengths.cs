using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports chains of issuers that are longer than any verifier follows.</summary>
internal static class ChainLengths
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        var lengths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (BoundAuthority start in scenario.Authorities)
        {
            // Of a circle no length becomes one that is too long: there is a fault of its own for it.
            var path = new Stack<BoundAuthority>();
            BoundAuthority? authority = start;
            while (authority is not null && lengths.TryAdd(authority.Model.Name, int.MinValue))
            {
                path.Push(authority);
                authority = scenario.FindAuthority(authority.Model.Issuer);
            }

            int length = authority is null ? 0 : lengths[authority.Model.Name];
            while (path.TryPop(out BoundAuthority? below))
            {
                lengths[below.Model.Name] = ++length;

                // What is below it is too long for the same reason.
                if (length == Limits.ChainLength + 1)
                {
                    faults.Error(
                        below.Certificate.Fields.PositionOf("issuer"),
                        DiagnosticCodes.ChainTooLong,
                        $"{below.Certificate.Label} has {Limits.ChainLength} issuers above it, and a chain of issuers has at most {Limits.ChainLength} authorities");
                }
            }
        }
    }
}
