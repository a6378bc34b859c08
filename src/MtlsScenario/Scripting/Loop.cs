using System.Globalization;

namespace MtlsScenario.Scripting;

/// <summary>
/// The loop around the steps of a fleet: <c>number</c> is the replica's number as it stands in names, <c>n</c> the padded
/// one of file names.
/// </summary>
internal static class Loop
{
    /// <summary>The variable with the plain number.</summary>
    public const string Number = "number";

    /// <summary>The variable with the padded number.</summary>
    public const string Padded = "n";

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

        text.Line(string.Create(CultureInfo.InvariantCulture, $"{Padded}=$(printf '%0{replicas.Width}d' \"${Number}\")"));
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
