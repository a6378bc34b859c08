using System.Collections.Concurrent;
using System.Text;
using MtlsScenario.Scripting;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Scenario by version, written in the end to the file that <c>MTLS_SCENARIO_MATRIX</c> names.</summary>
public sealed class MatrixTable : IDisposable
{
    private readonly ConcurrentDictionary<(string Scenario, string Version), string> _cells = new();
    private readonly ConcurrentDictionary<string, (int Major, int Minor)> _versions = new();

    /// <summary>Takes a result, in the place of an earlier one.</summary>
    internal void Enter(string scenario, OpenSslVersion version, string result)
    {
        _versions[version.ToString()] = (version.Major, version.Minor);
        _cells[(scenario, version.ToString())] = result;
    }

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("MTLS_SCENARIO_MATRIX") is { Length: > 0 } file)
        {
            File.WriteAllText(file, Text());
        }
    }

    private string Text()
    {
        string[] versions = [.. _versions.OrderBy(version => version.Value).Select(version => version.Key)];
        string[] scenarios = [.. _cells.Keys.Select(cell => cell.Scenario).Distinct().Order(StringComparer.Ordinal)];
        string[][] rows =
        [
            ["", .. versions],
            .. scenarios.Select(scenario => (string[])
                [scenario, .. versions.Select(version => _cells.GetValueOrDefault((scenario, version), "not tried"))]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
