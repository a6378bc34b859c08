using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Redis as a server, and why redis-cli is none of its clients.</summary>
internal static class RedisServer
{
    /// <summary>The configuration.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        string versions = server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2 TLSv1.3";
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: redis-server {name}, or include it at the end of redis.conf.") { Account = "redis" }.Of(server) + $"""
            bind {RedisLiteral.Of(server.Listen.Host)}
            port 0
            tls-port {server.Listen.Port}
            tls-cert-file {RedisLiteral.Of(files.Presented)}
            tls-key-file {RedisLiteral.Of(files.Key)}
            tls-ca-cert-file {RedisLiteral.Of(files.Anchors!)}
            tls-auth-clients yes
            tls-protocols "{versions}"
            tls-session-caching no
            # It is the certificate that protects: callers from elsewhere are no exception.
            protected-mode no

            """.ReplaceLineEndings("\n"));
    }

    /// <summary>redis-cli takes whatever server one of its trust anchors certified, whatever it is called.</summary>
    public static ConfigOutcome Client(ClientSettings client) => new ConfigOutcome.Refused(
        $"redis-cli does not verify which server it reaches, and {client.Party} calls {client.Target.Host}",
        "stunnel does: --for stunnel, then redis-cli -s with its socket");
}
