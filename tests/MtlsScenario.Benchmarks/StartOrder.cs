using System.Globalization;

namespace MtlsScenario.Benchmarks;

/// <summary>
/// Writes <c>start-order.txt</c>: the methods that run at the start of the commands that people wait for. The native compiler
/// places them, and the data that they use, side by side, and a command then touches a third of the pages of code. A name that
/// is no method any more does no harm, and a method that is not named comes after all that are: to be written anew where the
/// start has got slower. Valgrind watches, and binutils' nm knows the names.
/// </summary>
internal static class StartOrder
{
    private const string Scenario = "amy-bob.yaml";

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

    /// <summary>Builds the tool, watches its commands, and writes the list into its project.</summary>
    public static void Write(WorkPlace place)
    {
        string folder = place.Empty();
        string tool = NativeTool.Build(folder, "-p:StripSymbols=false", "-p:NativeDebugSymbols=false");
        (ulong Start, ulong Size, string Name)[] methods = Methods(folder, tool);
        ulong[] starts = [.. methods.Select(method => method.Start)];
        File.WriteAllText(Path.Combine(folder, Scenario), Scenarios.AmyBob("ec-p256"));

        // The runtime reserves more memory than Valgrind has to give.
        Environment.SetEnvironmentVariable("DOTNET_GCHeapHardLimit", "10000000");
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] command in _commands)
        {
            string record = Path.Combine(folder, "record");
            ChildProcess.Output(
                folder, "valgrind", ["-q", "--tool=callgrind", "--dump-instr=yes", $"--callgrind-out-file={record}", tool, .. command]);
            called.UnionWith(
                from address in Addresses(record)
                let index = Array.BinarySearch(starts, address)
                let method = methods.ElementAtOrDefault(index < 0 ? ~index - 1 : index)
                where address - method.Start < method.Size
                orderby method.Name
                select method.Name);
        }

        File.WriteAllLines(Path.Combine(NativeTool.Project, "start-order.txt"), called);
    }

    /// <summary>The managed methods, by address.</summary>
    private static (ulong Start, ulong Size, string Name)[] Methods(string folder, string tool) =>
    [
        .. from line in ChildProcess.Output(folder, "nm", "--format=sysv", "--defined-only", tool).Split('\n')
           let fields = line.Split('|', StringSplitOptions.TrimEntries)
           where fields is [_, _, _, _, { Length: > 0 }, _, "__managedcode"]
           let start = Hexadecimal(fields[1])
           orderby start
           select (start, Hexadecimal(fields[4]), fields[0]),
    ];

    /// <summary>Where instructions ran. A line has an address, or how far it is from that of the line before it.</summary>
    private static IEnumerable<ulong> Addresses(string record)
    {
        ulong address = 0;
        foreach (string position in File.ReadLines(record).Select(line => line.Split(' ')[0]))
        {
            switch (position)
            {
                case ['0', 'x', .. string digits]: address = Hexadecimal(digits); break;
                case ['+', .. string after]: address += ulong.Parse(after, CultureInfo.InvariantCulture); break;
                case ['-', .. string before]: address -= ulong.Parse(before, CultureInfo.InvariantCulture); break;
                case "*": break;
                default: continue;
            }

            yield return address;
        }
    }

    private static ulong Hexadecimal(string digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
