using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports authorities that a party with replicas is to operate: an authority has one key, so one party runs it.</summary>
internal static class Operators
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach (BoundAuthority authority in scenario.Authorities)
        {
            if (authority.Model.Operator is { } name && scenario.FindParty(name)?.Model.Replicas is { } replicas)
            {
                faults.Error(
                    authority.Certificate.Fields.PositionOf("operator"),
                    DiagnosticCodes.InvalidOperator,
                    $"{VisibleText.Quoted(name)} has replicas ({replicas}), and an authority is run by one party");
            }
        }
    }
}
