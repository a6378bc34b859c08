using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>curl: the article's client.</summary>
internal static class CurlCommand
{
    /// <summary>The command.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        EndFiles files = client.Files;
        CallTarget target = client.Target;
        CommandLine command = CommandLine.Of("curl")
            .With("--cacert", files.Anchors!)
            .With(target.PresentsNothing ? [] : ["--key", files.Key])
            .With(target.PresentsNothing ? [] : ["--cert", WithoutPassword(files.Presented)])

            // Built-in on many systems, and asked too where --cacert is given: the machine's trust store.
            .With("--capath", "/dev/null")
            .With(files.Crls is { } crls ? ["--crlfile", crls] : [])
            .With(target.Tls switch
            {
                null => [],
                TlsVersion.Tls12 => ["--tlsv1.2", "--tls-max", "1.2"],
                TlsVersion.Tls13 => ["--tlsv1.3"],
                _ => throw new System.Diagnostics.UnreachableException(),
            })
            .With(target.ConnectTo is { } address ? ["--connect-to", ConnectTo(target, address)] : [])
            .With(target.Address);
        return ConfigOutcome.Of(name, command + "\n");
    }

    private static string ConnectTo(CallTarget target, ListenAddress address)
    {
        string called = new ListenAddress(target.Host, target.Url.Port).ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{called}:{address}");
    }

    /// <summary>What follows a colon would be the key's password.</summary>
    private static string WithoutPassword(string path) => path
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);
}
