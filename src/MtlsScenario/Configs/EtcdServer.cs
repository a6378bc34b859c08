using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>etcd, a member alone. Options and not a file: of a file it would pass over what its version does not know.</summary>
internal static class EtcdServer
{
    /// <summary>The command.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        string clients = $"https://{server.Listen}";
        string peers = $"https://{server.Listen with { Port = server.Listen.Port + 1 }}";
        string member = GeneratedName.Of("mtls", server.Scenario, server.Party);
        CommandLine command = CommandLine.Of("etcd")
            .With("--name", member, "--data-dir", $"{member}.etcd")
            .With("--listen-client-urls", clients, "--advertise-client-urls", clients)
            .With("--cert-file", files.Presented, "--key-file", files.Key)
            .With("--client-cert-auth", "--trusted-ca-file", files.Anchors!)

            // It would call the server with the server's certificate.
            .With("--enable-grpc-gateway=false")
            .With("--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", $"{member}={peers}")
            .With("--peer-cert-file", files.Presented, "--peer-key-file", files.Key)
            .With("--peer-client-cert-auth", "--peer-trusted-ca-file", files.Certificate)
            .With(server.MinimumTls == TlsVersion.Tls13 ? ["--tls-min-version", "TLS1.3"] : []);
        string version = server.MinimumTls == TlsVersion.Tls13 ? "# Needs etcd 3.4.25 or 3.5.8.\n" : "";
        return ConfigOutcome.Of(name, string.Create(CultureInfo.InvariantCulture, $"""
            {new ConfigHeader($"Run: sh {name}. The member's data comes to the folder that it is run in.").Of(server)}# Callers of the port {server.Listen.Port + 1} are other members: only this one's own certificate is taken there.
            {version}exec {command}

            """).ReplaceLineEndings("\n"));
    }
}
