using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>MariaDB's client.</summary>
internal static class MySqlClient
{
    /// <summary>The option file.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        (EndFiles files, CallTarget target) = (client.Files, client.Target);
        string own = target.PresentsNothing ? "" : $"ssl-cert = {MySqlLiteral.Option(files.Presented)}\nssl-key = {MySqlLiteral.Option(files.Key)}\n";
        string versions = target.Tls switch { TlsVersion.Tls12 => "TLSv1.2", TlsVersion.Tls13 => "TLSv1.3", _ => "TLSv1.2,TLSv1.3" };
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: mariadb --defaults-file={name}").Of(client) + $"""
            [client]
            host = {target.Host}
            port = {target.Url.Port}
            protocol = tcp
            user = {client.Self?.Name ?? client.Party}
            ssl-ca = {MySqlLiteral.Option(files.Anchors!)}
            {own}ssl-verify-server-cert
            tls_version = {versions}

            """.ReplaceLineEndings("\n"));
    }
}
