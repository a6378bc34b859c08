using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>Reads lists in which a value stands once.</summary>
internal static class RepeatedValues
{
    /// <summary>The values of the items, each once; a warning for each that is there again.</summary>
    public static ImmutableArray<T> ReadOnce<T>(this IEnumerable<Field> items, Func<Field, T?> read, FaultList faults)
        where T : class
    {
        var seen = new HashSet<T>();
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (Field item in items)
        {
            if (read(item) is not { } value)
            {
                continue;
            }

            if (seen.Add(value))
            {
                values.Add(value);
            }
            else
            {
                faults.Warning(
                    item.Position, DiagnosticCodes.RepeatedValue, $"{VisibleText.Quoted(value.ToString()!)} is in {item.Key} twice; it counts once");
            }
        }

        return values.ToImmutable();
    }
}
