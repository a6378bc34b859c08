namespace MtlsScenario.Tool.Context;

/// <summary>
/// The warnings and errors of one run. A warning is said once, however often it is met. With <c>--json</c> all are held back until
/// it is known whether there is a result: where there is none, they are the JSON on standard output.
/// </summary>
/// <param name="isJson">Whether <c>--json</c> was said.</param>
internal sealed class MessageLog(bool isJson)
{
    private readonly Lock _using = new();
    private readonly HashSet<(string? File, string Message)> _warned = [];
    private readonly List<(FaultJson Fault, string Text)> _held = [];
    private bool _hasResult;

    /// <summary>Whether messages are held back.</summary>
    public bool IsJson => isJson;

    /// <summary>Remembers that something was printed to standard output, which is then no list of faults any more.</summary>
    public void HasResult() => _hasResult = true;

    /// <summary>Whether these warnings were not said before; one that occurs in two places of a file at once is said of both.</summary>
    public bool[] AreNew(IReadOnlyCollection<(string? File, string Message)> warnings)
    {
        lock (_using)
        {
            bool[] isNew = [.. warnings.Select(warning => !_warned.Contains(warning))];
            _warned.UnionWith(warnings);
            return isNew;
        }
    }

    /// <summary>Holds a message back.</summary>
    /// <param name="fault">What it is for programs; without a code it gets that of the exit code.</param>
    /// <param name="text">What it is for people.</param>
    public void Hold(FaultJson fault, string text)
    {
        lock (_using)
        {
            _held.Add((fault, text));
        }
    }

    /// <summary>Takes what was held back, at the end of a run or of one of its rounds.</summary>
    /// <param name="exitCode">What it ends with.</param>
    /// <returns>The faults and their texts, and whether they are the result.</returns>
    public (IReadOnlyList<FaultJson> Faults, string Text, bool AreResult) Take(ExitCode exitCode)
    {
        lock (_using)
        {
            FaultJson[] faults = [.. _held.Select(held => held.Fault with { Code = held.Fault.Code.Length > 0 ? held.Fault.Code : CodeOf(exitCode) })];
            string text = string.Concat(_held.Select(held => held.Text));
            bool areResult = exitCode != ExitCode.Success && !_hasResult && faults.Length > 0;
            _held.Clear();
            _hasResult = false;
            return (faults, text, areResult);
        }
    }

    private static string CodeOf(ExitCode exitCode) => exitCode switch
    {
        ExitCode.CheckFailed => "check-failed",
        ExitCode.Usage => "usage",
        ExitCode.Environment => "environment",
        ExitCode.Cancelled => "cancelled",
        _ => "internal",
    };
}
