using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>RabbitMQ as a server, with a user for each common name that is let in, who has no password.</summary>
internal static class RabbitMqServer
{
    private static readonly JsonEncodedText AllowEverything = JsonEncodedText.Encode(".*");

    /// <summary>The files, or why RabbitMQ cannot do it.</summary>
    public static ConfigOutcome Of(ServerSettings server)
    {
        // Of several common names it makes one with commas.
        string[] names = [.. NamesOf(server).Distinct(StringComparer.Ordinal)];
        if (names.FirstOrDefault(name => name.Contains(',', StringComparison.Ordinal)) is { } odd)
        {
            return new ConfigOutcome.Refused(
                $"rabbitmq cannot tell a common name with a comma, {VisibleText.Quoted(odd)}, from several common names", "node, kestrel and nginx can");
        }

        EndFiles files = server.Files;
        string header = new ConfigHeader("In place of rabbitmq.conf, enabled_plugins beside it, and definitions.json beside the key.") { Account = "rabbitmq" }.Of(server);
        string versions = server.MinimumTls == TlsVersion.Tls13 ? "" : "ssl_options.versions.2 = tlsv1.2\n";
        string host = server.Listen.Host is "localhost" ? "127.0.0.1" : IPAddress.Parse(server.Listen.Host).ToString();
        return new ConfigOutcome.Written(
        [
            new ConfigFile("rabbitmq.conf", header + $"""
                listeners.tcp = none
                listeners.ssl.1 = {host}:{server.Listen.Port}
                ssl_options.cacertfile = {files.Anchors}
                ssl_options.certfile = {files.Presented}
                ssl_options.keyfile = {files.Key}
                ssl_options.verify = verify_peer
                ssl_options.fail_if_no_peer_cert = true
                ssl_options.depth = 10
                ssl_options.reuse_sessions = false
                ssl_options.versions.1 = tlsv1.3
                {versions}auth_mechanisms.1 = EXTERNAL
                ssl_cert_login_from = common_name
                load_definitions = {files.Beside("definitions.json")}

                """.ReplaceLineEndings("\n")),
            new ConfigFile("enabled_plugins", "[rabbitmq_auth_mechanism_ssl].\n") { Comment = "%" },
            new ConfigFile("definitions.json", Definitions(names)) { Comment = "//" },
        ]);
    }

    /// <summary>Names without a <c>*</c> stand for themselves.</summary>
    private static IEnumerable<string> NamesOf(ServerSettings server) => server.Admits is not { } admits
        ? server.Connected.Select(caller => caller.CommonName).OfType<string>()
        : admits.SelectMany(entry => entry.Pattern.Split('.').Contains("*") ? server.AdmittedBy(entry).Select(caller => caller.CommonName!) : [entry.Pattern]);

    private static string Definitions(string[] names)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("users");
            foreach (string name in names)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("password_hash", "");
                json.WriteString("tags", "");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("vhosts");
            json.WriteStartObject();
            json.WriteString("name", "/");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("permissions");
            foreach (string name in names)
            {
                json.WriteStartObject();
                json.WriteString("user", name);
                json.WriteString("vhost", "/");
                json.WriteString("configure", AllowEverything);
                json.WriteString("write", AllowEverything);
                json.WriteString("read", AllowEverything);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }
}
