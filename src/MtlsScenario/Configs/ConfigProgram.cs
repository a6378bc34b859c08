namespace MtlsScenario.Configs;

/// <summary>A program that is configured for mutual TLS.</summary>
internal enum ConfigProgram
{
    /// <summary>curl: a client's command line.</summary>
    Curl,

    /// <summary>Node.js: a server's or client's program.</summary>
    Node,

    /// <summary>openssl: <c>s_server</c> or <c>s_client</c>.</summary>
    OpenSsl,

    /// <summary>nginx: a server.</summary>
    Nginx,

    /// <summary>HAProxy: a server.</summary>
    Haproxy,

    /// <summary>Apache: a server.</summary>
    Apache,

    /// <summary>stunnel: either end, for programs that know no TLS.</summary>
    Stunnel,

    /// <summary>PostgreSQL: a server, and psql.</summary>
    Postgres,

    /// <summary>MariaDB or MySQL: a server and its client.</summary>
    MySql,

    /// <summary>Redis: a server.</summary>
    Redis,

    /// <summary>Mosquitto: a server, and mosquitto_pub.</summary>
    Mosquitto,

    /// <summary>RabbitMQ: a server.</summary>
    RabbitMq,

    /// <summary>etcd: a server, and etcdctl.</summary>
    Etcd,

    /// <summary>ASP.NET Core's server: settings and program.</summary>
    Kestrel,

    /// <summary>.NET's HttpClient: a client's program.</summary>
    DotNet,

    /// <summary>Java: a server's or client's program, and system properties.</summary>
    Java,

    /// <summary>Go: a server's or client's program.</summary>
    Go,

    /// <summary>Python: a server's or client's program.</summary>
    Python,

    /// <summary>grpc-js: a server's or client's program.</summary>
    Grpc,

    /// <summary>Kafka: a broker's or client's properties.</summary>
    Kafka,

    /// <summary>cert-manager and trust-manager: manifests.</summary>
    CertManager,
}
