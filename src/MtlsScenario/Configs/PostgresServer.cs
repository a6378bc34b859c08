using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>PostgreSQL (14 or later) as a server, where each caller is the role of its common name.</summary>
internal static class PostgresServer
{
    /// <summary>An attribute's value as RFC 2253 writes it, the common name of whoever calls.</summary>
    private const string AnyName = @"((?:[^,+\\]|\\.)+)";

    /// <summary>The three files, or why PostgreSQL cannot do it.</summary>
    public static ConfigOutcome Of(ServerSettings server)
    {
        if (server.Admits?.FirstOrDefault(entry => entry.Pattern.StartsWith('/') || entry.Pattern.Any(character => char.IsControl(character) || character == '\\')) is { } odd)
        {
            return new ConfigOutcome.Refused(
                $"postgres cannot be told of a role {VisibleText.Quoted(odd.Pattern)}, and {server.Party} admits it", "a name of letters, digits, dots and dashes can be told");
        }

        string map = GeneratedName.Of("admitted", server.Scenario, server.Party);
        return new ConfigOutcome.Written(
        [
            new ConfigFile("postgresql.conf", Settings(server)),
            new ConfigFile("pg_hba.conf", $"""
                # {server.Party} of the scenario {server.Scenario}: in place of pg_hba.conf. Over TCP nobody gets in without a certificate.
                local all all peer
                hostssl all all all cert clientcert=verify-full clientname=DN map={map}

                """.ReplaceLineEndings("\n")),
            new ConfigFile("pg_ident.conf", Roles(server, map)),
        ]);
    }

    private static string Settings(ServerSettings server)
    {
        EndFiles files = server.Files;
        string header = new ConfigHeader(
            "In place of postgresql.conf or to its conf.d; pg_hba.conf and pg_ident.conf in place of those.\nRelative paths start from the folder of the data.")
        {
            Account = "postgres",
        }.Of(server);
        string minimum = server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2";
        return header + $"""
            listen_addresses = {PostgresLiteral.Setting(server.Listen.Host)}
            port = {server.Listen.Port}
            ssl = on
            ssl_cert_file = {PostgresLiteral.Setting(files.Presented)}
            ssl_key_file = {PostgresLiteral.Setting(files.Key)}
            ssl_ca_file = {PostgresLiteral.Setting(files.Anchors!)}
            {(files.Crls is null ? "" : $"# Read when PostgreSQL is started or told to reload.\nssl_crl_file = {PostgresLiteral.Setting(files.Crls)}\n")}ssl_min_protocol_version = '{minimum}'

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The whole subject is matched, so that the common name is the only one.</summary>
    private static string Roles(ServerSettings server, string map)
    {
        IEnumerable<(string Expression, string Role)> roles = server.Admits is { } admits ? admits.Select(RoleOf) : [(AnyName, @"\1")];
        return $"# {server.Party} of the scenario {server.Scenario}: in place of pg_ident.conf. By a certificate's only CN, as the role of that name.\n"
            + string.Concat(roles.Select(role =>
                $"{map} {PostgresLiteral.Token($"/^{DistinguishedNameExpression.Rfc2253(role.Expression)}$")} {PostgresLiteral.Token(role.Role)}\n"));
    }

    /// <summary>
    /// What a name must be, and the role it is: where labels are <c>*</c>, what stands between the first and the last of them is
    /// taken from the certificate.
    /// </summary>
    private static (string Expression, string Role) RoleOf(AdmissionPattern entry)
    {
        string[] labels = entry.Pattern.Split('.');
        (int first, int last) = (Array.IndexOf(labels, "*"), Array.LastIndexOf(labels, "*"));
        if (first < 0)
        {
            return (Expression(labels), entry.Pattern);
        }

        (string[] before, string[] after) = (labels[..first], labels[(last + 1)..]);
        return (
            string.Join(@"\.", [.. before.Select(label => Expression(label)), $"({Expression(labels[first..(last + 1)])})", .. after.Select(label => Expression(label))]),
            string.Join('.', [.. before, @"\1", .. after]));
    }

    private static string Expression(params string[] labels) => AdmissionExpression.Labels(DistinguishedNameText.Escape(string.Join('.', labels)));
}
