using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Mosquitto as a server, which knows callers by their whole subject: of several common names it would take the first.</summary>
internal static class MosquittoServer
{
    /// <summary>The configuration, and the list of those who are let in where there is one.</summary>
    public static ConfigOutcome Of(ServerSettings server, string stem)
    {
        EndFiles files = server.Files;
        string list = files.Beside($"{stem}.acl");
        string header = new ConfigHeader($"Goes to /etc/mosquitto/conf.d{(server.Admits is null ? "" : $", {stem}.acl beside the key")}.") { Account = "mosquitto" }.Of(server);
        string minimum = server.MinimumTls == TlsVersion.Tls13 ? "tlsv1.3" : "tlsv1.2";
        var main = new ConfigFile($"{stem}.conf", header + $"""
            listener {server.Listen.Port} {server.Listen.Host}
            cafile {files.Anchors}
            certfile {files.Presented}
            keyfile {files.Key}
            require_certificate true
            use_subject_as_username true
            allow_anonymous false
            tls_version {minimum}
            {(server.Admits is null ? "" : $"acl_file {list}\n")}
            """.ReplaceLineEndings("\n"));
        return new ConfigOutcome.Written(server.Admits is null ? [main] : [main, new ConfigFile($"{stem}.acl", List(server))]);
    }

    /// <summary>Others are connected, but may neither publish nor subscribe. Without any entry all might.</summary>
    private static string List(ServerSettings server) =>
        $"# {server.Party} of the scenario {server.Scenario}: whom it lets in, by the whole subject. Nobody else publishes or receives anything.\ntopic deny #\n"
        + string.Concat(server.Admitted.Select(caller => $"user {DistinguishedNameText.Rfc2253(caller.Subject)}\ntopic readwrite #\n"));
}
