using System.Globalization;

namespace MtlsScenario.Benchmarks;

/// <summary>
/// Writes <c>start-order.txt</c>: the methods that the commands call for which people wait. The native compiler places them,
/// and the data that they use, side by side, and a command then touches a fifth of the pages. A name that is no method any more
/// does no harm, and a method without a name comes after all others: to be written anew where a benchmark's start has got
/// slower. Valgrind watches, and binutils' nm knows the names.
/// </summary>
internal static class StartOrder
{
    /// <summary>By who waits most. The first ones find no folder, and the later ones what <c>apply</c> left.</summary>
    private static readonly string[][] _commands =
    [
        ["--version"],
        ["plan", Scenario],
        ["apply", Scenario],
        ["plan", Scenario],
        ["apply", Scenario],
        ["validate", Scenario],
    ];

    private const string Scenario = "amy-bob.yaml";

    /// <summary>Builds the tool, watches its commands, and writes the list into its project.</summary>
    public static void Write(WorkPlace place)
    {
        string folder = place.Empty();
        string project = NativeTool.Project;
        string tool = NativeTool.Build(folder, "-p:StripSymbols=false", "-p:NativeDebugSymbols=false");
        (ulong Start, ulong End, string Name)[] methods = Methods(folder, tool);
        File.WriteAllText(Path.Combine(folder, Scenario), Scenarios.AmyBob("ec-p256"));

        // The runtime reserves more memory than Valgrind has to give.
        Environment.SetEnvironmentVariable("DOTNET_GCHeapHardLimit", "10000000");
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] command in _commands)
        {
            string record = Path.Combine(folder, "record");
            ChildProcess.Output(
                folder, "valgrind", ["-q", "--tool=callgrind", "--dump-instr=yes", $"--callgrind-out-file={record}", tool, .. command]);
            called.UnionWith(Addresses(record).Select(address => NameOf(methods, address)).OfType<string>().Order(StringComparer.Ordinal));
        }

        File.WriteAllLines(Path.Combine(project, "start-order.txt"), called);
    }

    /// <summary>The managed methods, by address.</summary>
    private static (ulong Start, ulong End, string Name)[] Methods(string folder, string tool) =>
    [
        .. from line in ChildProcess.Output(folder, "nm", "--format=sysv", "--defined-only", tool).Split('\n')
           let fields = line.Split('|', StringSplitOptions.TrimEntries)
           where fields is [_, _, _, _, _, _, "__managedcode"]
           let start = ulong.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
           let size = ulong.TryParse(fields[4], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bytes) ? bytes : 0
           orderby start
           select (start, start + size, fields[0]),
    ];

    private static string? NameOf((ulong Start, ulong End, string Name)[] methods, ulong address)
    {
        int index = Array.BinarySearch(methods, (address, ulong.MaxValue, ""), Comparer<(ulong Start, ulong, string)>.Create((left, right) => left.Start.CompareTo(right.Start)));
        return (index < 0 ? ~index - 1 : index) is >= 0 and int found && address < methods[found].End ? methods[found].Name : null;
    }

    /// <summary>Where instructions ran. A line has an address, or how far it is from that of the line before it.</summary>
    private static IEnumerable<ulong> Addresses(string record)
    {
        ulong address = 0;
        foreach (string position in File.ReadLines(record).Select(line => line.Split(' ')[0]).Where(word => word is ['+' or '-' or '*', ..] or ['0', 'x', ..]))
        {
            address = position switch
            {
                ['*', ..] => address,
                ['+', .. string after] => address + ulong.Parse(after, CultureInfo.InvariantCulture),
                ['-', .. string before] => address - ulong.Parse(before, CultureInfo.InvariantCulture),
                _ => ulong.Parse(position.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            };
            yield return address;
        }
    }
}
