using System.Collections.Immutable;
using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary><c>openssl s_client</c>: what is typed then goes to the server.</summary>
internal static class OpenSslClient
{
    /// <summary>The command.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        EndFiles files = client.Files;
        CallTarget target = client.Target;
        string host = target.Host;
        ListenAddress address = target.ConnectTo ?? new ListenAddress(host, target.Url.Port);
        bool isAddress = IPAddress.TryParse(host, out _);
        var store = new OpenSslStore(files, name);
        CommandLine command = CommandLine.Of("openssl", "s_client")
            .With("-connect", address.ToString())
            .With(isAddress ? ["-noservername"] : ["-servername", host])
            .With(isAddress ? "-verify_ip" : "-verify_hostname", host)
            .With(store.Options)
            .With("-verify_return_error")
            .With(files.IntermediateAnchors.IsEmpty ? [] : ["-partial_chain"])
            .With(target.PresentsNothing ? [] : ["-cert", files.Certificate])
            .With(target.PresentsNothing ? [] : ["-key", files.Key])
            .With(target.PresentsNothing ? [] : Chain(files))
            .With(target.Tls switch
            {
                null => [],
                TlsVersion.Tls12 => ["-tls1_2"],
                TlsVersion.Tls13 => ["-tls1_3"],
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        return ConfigOutcome.Of(name, store.Before + command + "\n");
    }

    /// <summary>
    /// The intermediates that an end presents. Openssl sends all that is in this file after the certificate; the file of the chain,
    /// where the certificate stands a second time, is taken only where several intermediates leave no other.
    /// </summary>
    public static ImmutableArray<string> Chain(EndFiles files) => files.Intermediates switch
    {
        [] => [],
        [var only] => ["-cert_chain", only],
        _ => ["-cert_chain", files.Presented],
    };
}
