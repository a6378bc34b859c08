using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The loop around the steps of a fleet: <c>n</c> is the replica's number, in names and file names.</summary>
internal static class Loop
{
    /// <summary>The variable with the number.</summary>
    public const string Number = "n";

    /// <summary>Begins it, where the step is a fleet's.</summary>
    public static void Open(ScriptText text, ScriptStep step) => Open(text, step.Replicas, step.Numbers);

    /// <summary>Ends it.</summary>
    public static void Close(ScriptText text, ScriptStep step) => Close(text, step.Replicas, step.Numbers);

    /// <summary>Around what is done of each revoked certificate; of a single one there is no loop, which those who check scripts take for a mistake.</summary>
    public static void Around(ScriptText text, RevokedCertificate revoked, Action body)
    {
        ImmutableArray<int> some = revoked.Revocation.Of ?? [];
        bool isOne = some.Length == 1;
        if (isOne)
        {
            text.Line(string.Create(CultureInfo.InvariantCulture, $"{Number}={some[0]}"));
        }

        Open(text, isOne ? null : revoked.Replicas, some);
        body();
        Close(text, isOne ? null : revoked.Replicas, some);
    }

    private static void Open(ScriptText text, Replication? replicas, ImmutableArray<int> numbers)
    {
        if (replicas is not null && numbers.IsEmpty)
        {
            text.Line($"{Number}=1");
            text.Open(string.Create(CultureInfo.InvariantCulture, $"while [ \"${Number}\" -le {replicas.Count} ]; do"));
        }
        else if (replicas is not null)
        {
            text.Open($"for {Number} in {string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}; do");
        }
    }

    private static void Close(ScriptText text, Replication? replicas, ImmutableArray<int> numbers)
    {
        if (replicas is not null && numbers.IsEmpty)
        {
            text.Line($"{Number}=$(({Number} + 1))");
        }

        if (replicas is not null)
        {
            text.Close("done");
        }
    }
}
