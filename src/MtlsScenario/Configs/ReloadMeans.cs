namespace MtlsScenario.Configs;

/// <summary>What makes a program that runs use files that were changed; a certificate and the trust anchors often by different means.</summary>
/// <param name="Certificate">What makes it present a new certificate.</param>
/// <param name="Trust">What makes it trust other anchors, and check other CRLs.</param>
internal sealed record ReloadMeans(string Certificate, string Trust)
{
    private const string Restart = "a restart";

    /// <summary>What is known of a program.</summary>
    public static ReloadMeans Of(ConfigProgram program) => program switch
    {
        ConfigProgram.Nginx => Both("nginx -s reload"),
        ConfigProgram.Apache => Both("apachectl graceful"),
        ConfigProgram.Haproxy => new("set ssl cert and commit ssl cert on its socket, or a reload", "set ssl ca-file and commit ssl ca-file (2.5 and later), or a reload"),
        ConfigProgram.Redis => Both("CONFIG SET tls-cert-file, with the same path"),
        ConfigProgram.Mosquitto => new("SIGHUP", "a restart: SIGHUP does not do it"),
        ConfigProgram.Postgres => Both("SELECT pg_reload_conf()"),
        ConfigProgram.MySql => Both("FLUSH SSL (MariaDB), ALTER INSTANCE RELOAD TLS (MySQL)"),
        ConfigProgram.Etcd => new("nothing: each handshake reads it", Restart),
        ConfigProgram.Kafka => new("kafka-configs --alter with ssl.keystore.location", "kafka-configs --alter with ssl.truststore.location"),
        ConfigProgram.RabbitMq => Both("ssl:clear_pem_cache(), or two minutes"),
        ConfigProgram.Kestrel => new("nothing, where its configuration names the file: it is watched", Restart),
        ConfigProgram.Node => Both("setSecureContext, or a restart; of a client a new Agent"),
        ConfigProgram.Go => new("GetCertificate, or a restart", "GetConfigForClient or VerifyConnection, or a restart"),
        ConfigProgram.Java => new("a KeyManager of its own, or a restart", "a TrustManager of its own, or a restart"),
        ConfigProgram.Curl => Both("nothing: each call reads it"),
        ConfigProgram.DotNet => Both("a new HttpClientHandler, or a restart"),
        ConfigProgram.CertManager => Both("the pods that mount the Secret, by their own means"),
        _ => Both(Restart),
    };

    private static ReloadMeans Both(string means) => new(means, means);
}
