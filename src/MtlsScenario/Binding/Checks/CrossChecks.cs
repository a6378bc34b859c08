using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Runs the checks that look at several entries of a scenario, when all of them are read.</summary>
internal static class CrossChecks
{
    public static void Run(BoundScenario scenario, FolderLayout folders, DateTimeOffset now, FaultList faults)
    {
        // Errors.
        IssuerCycles.Check(scenario, faults);
        ChainLengths.Check(scenario, faults);
        Operators.Check(scenario, faults);
        SerialNumbers.Check(scenario, faults);
        FileCollisions.Check(scenario, folders, faults);
        Digests.Check(scenario, faults);
        MlDsaUses.Check(scenario, faults);
        Revocations.Check(scenario, now, faults);
        Formats.Check(scenario, faults);
        FilePlaces.Check(scenario, folders, faults);

        // Warnings.
        Lifetimes.Check(scenario, now, faults);
        PathLengths.Check(scenario, faults);
        ConstrainedNames.Check(scenario, faults);
        Usages.Check(scenario, faults);
        ServerNames.Check(scenario, faults);
        ListenAddresses.Check(scenario, faults);
        Formats.Warn(scenario, faults);

        // Who trusts whom, and by which name whom is called, follows from all that is written: with an error somewhere
        // these would mislead.
        if (!faults.HasErrors)
        {
            ServerNames.CheckHosts(scenario, faults);
            Trust.Check(scenario, faults);
            Revocations.CheckUse(scenario, faults);
        }
    }
}
