using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>MariaDB or MySQL as a server, with an account for each caller that is let in.</summary>
internal static class MySqlServer
{
    /// <summary>The two files, or why MariaDB cannot do it.</summary>
    public static ConfigOutcome Of(ServerSettings server, string stem)
    {
        KnownCaller[] callers = [.. server.Admitted];
        if (callers.FirstOrDefault(caller => caller.Issuer is null || caller.Subject.RelativeNames.Any(relative => relative.Attributes.Length > 1)) is { } odd)
        {
            return new ConfigOutcome.Refused(
                odd.Issuer is null
                    ? $"mysql knows callers by subject and issuer, and the scenario does not say who {odd.Name}'s issuer is"
                    : $"mysql cannot be told of a subject with several attributes in one RDN, as {odd.Name} has",
                odd.Issuer is null ? "write the authority's `subject`" : "postgres and nginx can");
        }

        string versions = server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2,TLSv1.3";
        string header = new ConfigHeader($"Goes to /etc/mysql/conf.d; {stem}.sql to a client of root, or to init-file.\nRelative paths start from the folder of the data.") { Account = "mysql" }.Of(server);
        return new ConfigOutcome.Written(
        [
            new ConfigFile($"{stem}.cnf", header + $"""
                [mysqld]
                bind-address = {server.Listen.Host}
                port = {server.Listen.Port}
                ssl-cert = {MySqlLiteral.Option(server.Files.Presented)}
                ssl-key = {MySqlLiteral.Option(server.Files.Key)}
                ssl-ca = {MySqlLiteral.Option(server.Files.Anchors!)}
                {(server.Files.Crls is null ? "" : $"ssl-crl = {MySqlLiteral.Option(server.Files.Crls)}\n")}tls_version = {versions}
                require_secure_transport = ON

                """.ReplaceLineEndings("\n")),
            new ConfigFile($"{stem}.sql", $"""
                -- {server.Party} of the scenario {server.Scenario}: whom it lets in, by subject and issuer. No account has a password: only the certificate lets in.
                {string.Concat(callers.Select(Account))}
                """.ReplaceLineEndings("\n"))
            {
                Comment = "--",
            },
        ]);
    }

    private static string Account(KnownCaller caller)
    {
        string account = $"{MySqlLiteral.Text(caller.Name)}@'%'";
        string subject = MySqlLiteral.Text(DistinguishedNameText.OneLine(caller.Subject));
        string issuer = MySqlLiteral.Text(DistinguishedNameText.OneLine(caller.Issuer!));

        // Made with the demand, not given it afterwards; one that was there before is given it.
        string demand = $"REQUIRE SUBJECT {subject} AND ISSUER {issuer};\n";
        return $"CREATE USER IF NOT EXISTS {account} {demand}ALTER USER {account} {demand}";
    }
}
