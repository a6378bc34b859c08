using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>mosquitto_pub; mosquitto_sub takes the same options.</summary>
internal static class MosquittoClient
{
    /// <summary>The command.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        (EndFiles files, CallTarget target) = (client.Files, client.Target);
        CommandLine command = CommandLine.Of("mosquitto_pub")
            .With("-h", target.Host, "-p", target.Url.Port.ToString(CultureInfo.InvariantCulture))
            .With("--cafile", files.Anchors!)
            .With(target.PresentsNothing ? [] : ["--cert", files.Presented, "--key", files.Key])
            .With(target.Tls switch { TlsVersion.Tls12 => ["--tls-version", "tlsv1.2"], TlsVersion.Tls13 => ["--tls-version", "tlsv1.3"], _ => [] })

            // Of the fifth version the answer says whether it was let in.
            .With("-V", "5", "-q", "1", "-t", "hello", "-m", $"This is {client.Party}.");
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: sh {name} [OPTION...]. mosquitto_sub takes the same options.").Of(client) + command + " \"$@\"\n");
    }
}
