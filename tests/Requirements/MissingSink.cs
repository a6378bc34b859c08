using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MtlsScenario.Requirements;

/// <summary>
/// Passes on what is told of a run. A test that ended for something that is missing counts as skipped with that reason; at the
/// end the missing things are listed, with the number of tests that each has cost.
/// </summary>
internal sealed class MissingSink(IMessageSink next, IMessageSink diagnostics) : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly SortedDictionary<string, int> _cost = new(StringComparer.Ordinal);

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestFailed failed && ReasonOf(failed) is { } reason)
        {
            message = new TestSkipped(failed.Test, $"needs {reason}");
        }

        if (message is ITestSkipped skipped)
        {
            lock (_cost)
            {
                _cost[skipped.Reason] = _cost.GetValueOrDefault(skipped.Reason) + 1;
            }
        }
        else if (message is ITestAssemblyFinished finished && _cost.Count > 0)
        {
            string list = string.Join('\n', _cost.Select(missing => $"  {missing.Key}: {missing.Value} {(missing.Value == 1 ? "test" : "tests")}"));
            diagnostics.OnMessage(new DiagnosticMessage(
                $"{new AssemblyName(finished.TestAssembly.Assembly.Name).Name}: {_cost.Values.Sum()} tests were skipped for what is missing on this machine "
                + $"(`sh tests/run.sh` installs it on Debian):\n{list}"));
        }

        return next.OnMessage(message);
    }

    /// <summary>What was missing; null where the test failed for another reason. A fixture's exception stands beside those that follow from it.</summary>
    private static string? ReasonOf(ITestFailed failed)
    {
        int index = Array.FindIndex(
            failed.ExceptionTypes,
            type => type == typeof(ImpossibleException).FullName || (type == typeof(MissingException).FullName && !Needs.All));
        return index < 0 ? null : failed.Messages[index];
    }
}
