using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MtlsScenario.Model;
using MtlsScenario.Scripting;

namespace MtlsScenario.Configs;

/// <summary>psql, with a connection string that every program with libpq takes.</summary>
internal static class PostgresClient
{
    /// <summary>The command, or why libpq cannot do it.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        (EndFiles files, CallTarget target) = (client.Files, client.Target);
        if (client.Self?.CommonName is not { } role)
        {
            return new ConfigOutcome.Refused($"postgres knows callers by their only common name, and {client.Party} has none", "give its subject a CN");
        }

        string? address = target.ConnectTo?.Host;
        if (address is not null && !IPAddress.TryParse(address, out _))
        {
            return new ConfigOutcome.Refused(
                $"libpq needs an IP address where the server is not where its name leads, and {target.Host} is at {address}", "write the address to the server's `listen`");
        }

        // What is not there counts as no certificate, and the one of ~/.postgresql is not looked for.
        const string NoFile = "/dev/null/none";
        string only = target.Tls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2";
        ImmutableArray<(string Key, string? Value)> settings =
        [
            ("host", target.Host), ("hostaddr", address), ("port", target.Url.Port.ToString(CultureInfo.InvariantCulture)), ("dbname", "postgres"), ("user", role),
            ("sslmode", "verify-full"), ("sslrootcert", files.Anchors!), ("sslcert", target.PresentsNothing ? NoFile : files.Presented), ("sslkey", target.PresentsNothing ? NoFile : files.Key),
            ("ssl_min_protocol_version", only), ("ssl_max_protocol_version", target.Tls is null ? null : only), ("gssencmode", "disable"),
        ];
        string connection = string.Join(' ', settings.Where(setting => setting.Value is not null).Select(setting =>
            $"{setting.Key}={PostgresLiteral.Conninfo(setting.Value!)}"));
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: sh {name} [-c QUERY]. Any program with libpq takes its connection string.").Of(client) + $"psql {ShellQuoting.Quote(connection)} \"$@\"\n");
    }
}
