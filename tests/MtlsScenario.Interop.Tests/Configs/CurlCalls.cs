using System.Globalization;
using System.Text;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Many calls by one curl, each on a connection of its own: a process a call would take longer than the call.</summary>
internal sealed class CurlCalls(ConfiguredScenario made)
{
    private readonly StringBuilder _calls = new();

    /// <summary>Adds a call of localhost.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="certificate">The file of what is presented.</param>
    /// <param name="key">The file of its key.</param>
    public void Add(int port, string certificate, string key) => _calls.Append(CultureInfo.InvariantCulture, $"""
        url = "https://localhost:{port}/"
        cacert = "bob_ca.crt"
        capath = "/dev/null"
        cert = "{certificate}"
        key = "{key}"
        output = "answer.txt"
        write-out = "%{"{"}http_code{"}"}\n"
        silent
        next

        """);

    /// <summary>Calls, and returns the status of each answer, in order; 000 where it did not come to one.</summary>
    public async Task<string[]> RunAsync()
    {
        await File.WriteAllTextAsync(made.At("calls.txt"), _calls.ToString());
        return (await Shell.RunAsync(made.Folder, "curl -K calls.txt")).StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
