using System.Globalization;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The properties of a Kafka broker (3.5 or later) and of a Kafka client.</summary>
internal static class KafkaProperties
{
    private const string Secrets = "secrets.properties";

    /// <summary>A broker's: what goes to <c>server.properties</c>.</summary>
    public static ConfigOutcome Broker(ServerSettings server, string name) => ConfigOutcome.Of(name, Header(
        server, "Goes to the broker's server.properties; paths start from where Kafka does. Who may do what is for its ACLs, by the principal User:SUBJECT.", "kafka") + $"""
        # Java takes up sessions for a day and does not verify a caller again: with a certificate that expires meanwhile, until then.
        # KAFKA_OPTS="-Djdk.tls.server.enableSessionTicketExtension=false -Djavax.net.ssl.sessionCacheSize=1" leaves it next to none.
        listeners=SSL://{Value(server.Listen.ToString())}
        security.inter.broker.protocol=SSL
        ssl.client.auth=required
        {Tls(server.Files, server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.3,TLSv1.2")}
        """.ReplaceLineEndings("\n"));

    /// <summary>A client's: what its programs take as <c>--command-config</c> or <c>--producer.config</c>.</summary>
    public static ConfigOutcome Client(ClientSettings client, string name)
    {
        CallTarget target = client.Target;
        string versions = target.Tls switch
        {
            null => "TLSv1.3,TLSv1.2",
            TlsVersion.Tls12 => "TLSv1.2",
            TlsVersion.Tls13 => "TLSv1.3",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return ConfigOutcome.Of(name, Header(client, $"For Kafka's programs: kafka-topics.sh --command-config {name} --bootstrap-server …", null) + $"""
            bootstrap.servers={Value(new ListenAddress(target.Host, target.Url.Port).ToString())}
            security.protocol=SSL
            ssl.endpoint.identification.algorithm=https
            {Tls(client.Files, versions, target.PresentsNothing)}
            """.ReplaceLineEndings("\n"));
    }

    private static string Header(PartySettings party, string place, string? account) => new ConfigHeader(place)
    {
        Account = account,
        Files = (party.Files.Formats["p12"], party.Files.Formats["truststore"]),
    }.Of(party);

    private static string Tls(EndFiles files, string versions, bool presentsNothing = false)
    {
        string own = presentsNothing
            ? ""
            : $"ssl.keystore.type=PKCS12\nssl.keystore.location={Value(files.Formats["p12"])}\nssl.keystore.password={Password(files.KeyPassword, "keystore.password")}\n";
        return (presentsNothing ? Providers(null, files.TrustPassword) : Providers(files.KeyPassword, files.TrustPassword)) + own + $"""
            ssl.truststore.type=PKCS12
            ssl.truststore.location={Value(files.Formats["truststore"])}
            ssl.truststore.password={Password(files.TrustPassword, "truststore.password")}
            ssl.enabled.protocols={versions}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>What Kafka needs to look a password up, and how a file of its form comes of one that has the password in its first line.</summary>
    private static string Providers(PasswordSource? key, PasswordSource? trust)
    {
        (string Name, PasswordSource? Source)[] all = [("keystore.password", key), ("truststore.password", trust)];
        string lines = string.Concat(all.Where(entry => entry.Source is PasswordSource.File).Select(entry =>
            $"# (umask 077; sed -n '1{{s/[\\\\ :=#!]/\\\\&/g;s/^/{entry.Name}=/;p;}}' {Scripting.ShellQuoting.Quote(((PasswordSource.File)entry.Source!).Path)} >>{Secrets})\n"));
        string[] providers = [.. new[] { lines.Length > 0 ? "file" : null, all.Any(entry => entry.Source is PasswordSource.Variable) ? "env" : null }.OfType<string>()];
        return providers.Length == 0 ? "" : lines + $"config.providers={string.Join(',', providers)}\n" + string.Concat(providers.Select(provider =>
            $"config.providers.{provider}.class=org.apache.kafka.common.config.provider.{(provider == "file" ? "FileConfigProvider" : "EnvVarConfigProvider")}\n"));
    }

    private static string Password(PasswordSource? source, string name) => source switch
    {
        null => PasswordRules.WellKnown,
        PasswordSource.File => $"${{file:{Secrets}:{name}}}",
        PasswordSource.Variable variable => $"${{env:{variable.Name}}}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A value of Java's properties: a backslash begins an escape, as does a blank at its beginning; what is not ASCII is escaped.</summary>
    private static string Value(string text)
    {
        var value = new StringBuilder();
        foreach (char character in text)
        {
            _ = character switch
            {
                '\\' => value.Append("\\\\"),
                ' ' when value.Length == 0 => value.Append("\\ "),
                < ' ' or > '~' => value.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => value.Append(character),
            };
        }

        return value.ToString();
    }
}
