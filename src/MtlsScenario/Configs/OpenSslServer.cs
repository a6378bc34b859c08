using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary><c>openssl s_server</c>, which answers a GET with what it knows of the connection.</summary>
internal static class OpenSslServer
{
    /// <summary>The command.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        var store = new OpenSslStore(files, name);
        CommandLine command = CommandLine.Of("openssl", "s_server")
            .With("-accept", server.Listen.ToString())
            .With("-cert", files.Certificate)
            .With("-key", files.Key)
            .With(OpenSslClient.Chain(files))
            .With(store.Options)
            .With("-Verify", "10")
            .With("-verify_return_error")
            .With(files.IntermediateAnchors.IsEmpty ? [] : ["-partial_chain"])

            // A session that is resumed would not verify the caller again.
            .With("-no_ticket", "-no_cache")
            .With("-min_protocol", server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2")
            .With("-www");
        return ConfigOutcome.Of(name, store.Before + command + "\n");
    }
}
