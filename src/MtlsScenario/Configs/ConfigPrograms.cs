using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The programs that can be configured, in the order in which they are offered.</summary>
internal static class ConfigPrograms
{
    /// <summary>All of them, each once.</summary>
    public static ImmutableArray<ProgramEntry> All { get; } =
    [
        new(ConfigProgram.Curl, "curl") { Client = (client, stem) => CurlCommand.Of(client, $"curl_{stem}.sh"), Crls = RevocationReach.UpToRoots },
        new(ConfigProgram.Node, "node")
        {
            Server = (server, stem) => NodeServer.Of(server, $"app_{stem}.js"),
            Client = (client, stem) => NodeClient.Of(client, $"app_{stem}.js"),
            Crls = RevocationReach.UpToRoots,
        },
        new(ConfigProgram.OpenSsl, "openssl")
        {
            Server = (server, stem) => OpenSslServer.Of(server, $"s_server_{stem}.sh"),
            Client = (client, stem) => OpenSslClient.Of(client, $"s_client_{stem}.sh"),
            Admits = AdmissionSupport.None,
            Crls = RevocationReach.UpToRoots,
        },
        new(ConfigProgram.Nginx, "nginx")
        {
            Server = (server, stem) => NginxServer.Of(server, $"{stem}.conf"),
            Admits = AdmissionSupport.CommonNames,
            RootsOnlyAs = [Side.Server],
            CannotName = NginxLiteral.HasVariable,
            Crls = RevocationReach.UpToRoots,
        },
        new(ConfigProgram.Haproxy, "haproxy")
        {
            Server = (server, stem) => HaproxyServer.Of(server, $"{stem}.cfg"),
            Admits = AdmissionSupport.CommonNames,
            RootsOnlyAs = [Side.Server],
            Crls = RevocationReach.UpToRoots,
        },
        new(ConfigProgram.Apache, "apache")
        {
            Server = (server, stem) => ApacheServer.Of(server, $"{stem}.conf"),
            Admits = AdmissionSupport.CommonNames,
            RootsOnlyAs = [Side.Server],
            Crls = RevocationReach.UpToRoots,
            CannotName = ApacheLiteral.IsNot,
        },
        new(ConfigProgram.Stunnel, "stunnel")
        {
            Server = (server, stem) => StunnelService.Of(server, $"stunnel_{stem}.conf"),
            Client = (client, stem) => StunnelService.Of(client, $"stunnel_{stem}.conf"),
            Admits = AdmissionSupport.None,
            RootsOnlyAs = [Side.Server, Side.Client],
            CannotName = PlainValue.IsNot,
        },
        new(ConfigProgram.Postgres, "postgres")
        {
            Server = (server, _) => PostgresServer.Of(server),
            Client = (client, stem) => PostgresClient.Of(client, $"psql_{stem}.sh"),
            Admits = AdmissionSupport.CommonNames,
            RootsOnlyAs = [Side.Server, Side.Client],
            Crls = RevocationReach.UpToRoots,
            ChecksAsServerOnly = true,
        },
        new(ConfigProgram.MySql, "mysql")
        {
            Server = MySqlServer.Of,
            Client = (client, stem) => MySqlClient.Of(client, $"{stem}.cnf"),
            Admits = AdmissionSupport.KnownSubjects,
            RootsOnlyAs = [Side.Server, Side.Client],
            Crls = RevocationReach.UpToRoots,
            ChecksAsServerOnly = true,
            ConnectsByName = true,
        },
        new(ConfigProgram.Redis, "redis")
        {
            Server = (server, stem) => RedisServer.Of(server, $"redis_{stem}.conf"),
            Client = (client, _) => RedisServer.Client(client),
            Admits = AdmissionSupport.None,
            RootsOnlyAs = [Side.Server, Side.Client],
        },
        new(ConfigProgram.Mosquitto, "mosquitto")
        {
            Server = MosquittoServer.Of,
            Client = (client, stem) => MosquittoClient.Of(client, $"mosquitto_pub_{stem}.sh"),
            Admits = AdmissionSupport.KnownSubjects,
            RootsOnlyAs = [Side.Server, Side.Client],
            CannotName = PlainValue.IsNot,
            ConnectsByName = true,
        },
        new(ConfigProgram.RabbitMq, "rabbitmq")
        {
            Server = (server, _) => RabbitMqServer.Of(server),
            Admits = AdmissionSupport.KnownNames,
            CannotName = PlainValue.IsNot,
            ListensByAddress = true,
        },
        new(ConfigProgram.Etcd, "etcd")
        {
            Server = (server, stem) => EtcdServer.Of(server, $"etcd_{stem}.sh"),
            Client = (client, stem) => EtcdClient.Of(client, $"etcdctl_{stem}.sh"),
            Admits = AdmissionSupport.None,
            ListensByAddress = true,
            ConnectsByName = true,
            OffersEveryVersion = true,
        },
        new(ConfigProgram.Kestrel, "kestrel") { Server = (server, _) => KestrelServer.Of(server), Crls = RevocationReach.ByPrintedCode },
        new(ConfigProgram.DotNet, "dotnet") { Client = (client, stem) => HttpClientProgram.Of(client, $"app_{stem}.cs"), Crls = RevocationReach.ByPrintedCode },
        new(ConfigProgram.Java, "java")
        {
            Server = JavaServer.Of,
            Client = JavaClient.Of,
            Formats = ["p12", "truststore"],
            Crls = RevocationReach.UpToAnchors,
            ConnectsByName = true,
        },
        new(ConfigProgram.Go, "go")
        {
            Server = (server, stem) => GoServer.Of(server, $"app_{stem}.go"),
            Client = (client, stem) => GoClient.Of(client, $"app_{stem}.go"),
            Crls = RevocationReach.UpToAnchors,
        },
        new(ConfigProgram.Python, "python")
        {
            Server = (server, stem) => PythonServer.Of(server, $"app_{stem}.py"),
            Client = (client, stem) => PythonClient.Of(client, $"app_{stem}.py"),
            Crls = RevocationReach.UpToRoots,
        },
        new(ConfigProgram.Grpc, "grpc")
        {
            Server = (server, stem) => GrpcServer.Of(server, $"grpc_{stem}.js"),
            Client = (client, stem) => GrpcClient.Of(client, $"grpc_{stem}.js"),
        },
        new(ConfigProgram.Kafka, "kafka")
        {
            Server = (server, stem) => KafkaProperties.Broker(server, $"kafka_{stem}.properties"),
            Client = (client, stem) => KafkaProperties.Client(client, $"kafka_{stem}.properties"),
            Admits = AdmissionSupport.None,
            Formats = ["p12", "truststore"],
            ConnectsByName = true,
        },
        new(ConfigProgram.CertManager, "cert-manager")
        {
            Server = (server, stem) => CertManagerManifest.Of(server, $"cert-manager_{stem}.yaml"),
            Client = (client, stem) => CertManagerManifest.Of(client, $"cert-manager_{stem}.yaml"),
            Admits = AdmissionSupport.Elsewhere,
        },
    ];

    /// <summary>The entry of a program.</summary>
    public static ProgramEntry Of(ConfigProgram program) => All.Single(entry => entry.Program == program);

    /// <summary>The words of those servers and clients of which something is so: <c>node, openssl and kestrel</c>.</summary>
    public static string WordsOf(Func<ProgramEntry, bool> isSo) => All.Where(entry => entry.Admits != AdmissionSupport.Elsewhere && isSo(entry)).Select(entry => entry.Word).ToArray() switch
    {
        [.. var first, var last] when first.Length > 0 => $"{string.Join(", ", first)} and {last}",
        var words => string.Concat(words),
    };
}
