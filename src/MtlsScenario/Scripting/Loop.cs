using System.Globalization;

namespace MtlsScenario.Scripting;

/// <summary>The loop around the steps of a fleet: <c>n</c> is the replica's number, in names and file names.</summary>
internal static class Loop
{
    /// <summary>The variable with the number.</summary>
    public const string Number = "n";

    /// <summary>Begins it, where the step is a fleet's.</summary>
    public static void Open(ScriptText text, ScriptStep step)
    {
        if (step.Replicas is not { } replicas)
        {
            return;
        }

        if (step.Numbers.IsEmpty)
        {
            text.Line($"{Number}=1");
            text.Open(string.Create(CultureInfo.InvariantCulture, $"while [ \"${Number}\" -le {replicas.Count} ]; do"));
        }
        else
        {
            string numbers = string.Join(' ', step.Numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
            text.Open($"for {Number} in {numbers}; do");
        }
    }

    /// <summary>Ends it.</summary>
    public static void Close(ScriptText text, ScriptStep step)
    {
        if (step.Replicas is null)
        {
            return;
        }

        if (step.Numbers.IsEmpty)
        {
            text.Line($"{Number}=$(({Number} + 1))");
        }

        text.Close("done");
    }
}
