using System.Collections.Immutable;
using System.Runtime.Versioning;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Interop.Tests.Runtimes;

/// <summary>
/// Loads the properties, the stores in them and PEM as Kafka does (<c>DefaultSslEngineFactory</c> of 3.9), in Java: Debian has no Kafka. What
/// listens answers over HTTP, so that curl can call.
/// </summary>
public sealed class KafkaTests
{
    /// <summary>A broker and a client.</summary>
    internal const string Program = """
        import java.io.*;
        import java.net.*;
        import java.nio.file.*;
        import java.security.*;
        import java.security.cert.*;
        import java.security.spec.PKCS8EncodedKeySpec;
        import java.util.*;
        import java.util.regex.*;
        import javax.net.ssl.*;

        class KafkaWay {
            static final Properties config = new Properties();

            public static void main(String[] arguments) throws Exception {
                try (Reader text = Files.newBufferedReader(Path.of(arguments[1]))) { config.load(text); }
                for (String key : config.stringPropertyNames()) config.setProperty(key, resolved(config.getProperty(key)));
                SSLContext context = SSLContext.getInstance("TLSv1.3");
                KeyStore keys = config.getProperty("ssl.keystore.location") == null ? null : store("ssl.keystore");
                KeyManager[] own = null;
                if (keys != null) {
                    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                    factory.init(keys, config.getProperty("ssl.key.password", config.getProperty("ssl.keystore.password", "")).toCharArray());
                    own = factory.getKeyManagers();
                }
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(store("ssl.truststore"));
                context.init(own, trust.getTrustManagers(), new SecureRandom());
                String[] protocols = config.getProperty("ssl.enabled.protocols").split(",");
                if (arguments[0].equals("broker")) {
                    URI listener = URI.create(config.getProperty("listeners").toLowerCase());
                    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(listener.getPort(), 50, InetAddress.getByName(listener.getHost()));
                    server.setNeedClientAuth(config.getProperty("ssl.client.auth").equals("required"));
                    server.setEnabledProtocols(protocols);
                    while (true) {
                        Socket socket = server.accept();
                        new Thread(() -> answer(socket)).start();
                    }
                }
                String[] address = config.getProperty("bootstrap.servers").split(":");
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address[0], Integer.parseInt(address[1]));
                socket.setEnabledProtocols(protocols);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm(config.getProperty("ssl.endpoint.identification.algorithm"));
                socket.setSSLParameters(parameters);
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
                System.out.write(socket.getInputStream().readAllBytes());
                System.out.flush();
            }

            static void answer(Socket socket) {
                try (socket) {
                    socket.setSoTimeout(20000);
                    for (int read; (read = socket.getInputStream().read()) != '\n'; ) if (read < 0) return;
                    socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nSASL or ACL is next\n".getBytes());
                } catch (IOException exception) {
                    System.out.println(exception);
                }
            }

            // As FileConfigProvider and EnvVarConfigProvider do.
            static String resolved(String value) throws IOException {
                Matcher place = Pattern.compile("\\$\\{(file|env):(?:([^}:]+):)?([^}]+)}").matcher(value);
                if (!place.matches()) return value;
                if (!config.getProperty("config.providers." + place.group(1) + ".class").startsWith("org.apache.kafka.common.config.provider.")) throw new IOException("no provider");
                if (place.group(1).equals("env")) return System.getenv(place.group(3));
                Properties secrets = new Properties();
                try (Reader text = Files.newBufferedReader(Path.of(place.group(2)))) { secrets.load(text); }
                return secrets.getProperty(place.group(3));
            }

            static KeyStore store(String name) throws Exception {
                String type = config.getProperty(name + ".type");
                Path file = Path.of(config.getProperty(name + ".location"));
                if (type.equals("PEM")) return pem(Files.readString(file), name.equals("ssl.keystore"));
                KeyStore store = KeyStore.getInstance(type);
                try (InputStream content = Files.newInputStream(file)) { store.load(content, config.getProperty(name + ".password").toCharArray()); }
                return store;
            }

            static KeyStore pem(String text, boolean hasKey) throws Exception {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                List<java.security.cert.Certificate> all = new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(
                    new ByteArrayInputStream(text.substring(text.indexOf("-----BEGIN CERTIFICATE")).getBytes())));
                if (!hasKey) {
                    for (int index = 0; index < all.size(); index++) store.setCertificateEntry("kafka" + index, all.get(index));
                    return store;
                }
                Matcher key = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END").matcher(text);
                if (!key.find()) throw new KeyStoreException("no PKCS#8 key");
                PrivateKey own = KeyFactory.getInstance(all.get(0).getPublicKey().getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1))));
                store.setKeyEntry("kafka", own, new char[0], all.toArray(new java.security.cert.Certificate[0]));
                return store;
            }
        }
        """;

    public enum Secret
    {
        WellKnown,
        File,
        Variable,
        Pem,
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData("root", Secret.WellKnown)]
    [InlineData("ica", Secret.WellKnown)]
    [InlineData("root", Secret.File)]
    [InlineData("root", Secret.Variable)]
    [InlineData("root", Secret.Pem)]
    public async Task A_broker_lets_in_whom_it_verifies_and_a_client_gets_through(string anchor, Secret secret)
    {
        PasswordSource? password = secret switch { Secret.File => new PasswordSource.File("it's here"), Secret.Variable => new PasswordSource.Variable("STORE_PASSWORD"), _ => null };
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => certificate with { Password = password, Trusts = party == "bob" ? [anchor] : certificate.Trusts });
        if (secret == Secret.File)
        {
            string command = made.WriteServer(ConfigProgram.Kafka)[0].Text.Split('\n').Single(line => line.StartsWith("# (umask", StringComparison.Ordinal))[2..];
            Assert.Equal(0, (await Shell.RunAsync(made.Folder, command)).ExitCode);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.At("secrets.properties")));
        }

        await using RunningProgram broker = secret == Secret.Pem ? await StartWithPemAsync(made) : await ServerRunner.StartAsync(made, ConfigProgram.Kafka);
        int port = made.Scenario.Party("bob").Called!.Listen.Port;
        string[] others = OtherCallers.Write(made);
        var calls = new CurlCalls(made);
        foreach (string stem in (string[])["amy_client.chain|amy_client", "mallory_client|mallory_client", .. others.Select(name => $"{name}|{name}"), "amy_client.chain|amy_client"])
        {
            calls.Add(port, $"{stem.Split('|')[0]}.crt", $"{stem.Split('|')[1]}.key");
        }

        string[] statuses = await calls.RunAsync();
        Assert.Equal(["200", "000", .. others.Select(_ => "000"), "200"], statuses);
        Assert.Contains("SASL or ACL is next", await CallAsync(made, "amy"), StringComparison.Ordinal);
        Assert.Equal("", await CallAsync(made, "mallory"));
        Assert.Equal("", await CallAsync(made, "amy", presentsNothing: true));
    }

    /// <summary>Writes the program, and returns its file.</summary>
    internal static string WriteProgram(ConfiguredScenario made)
    {
        File.WriteAllText(made.At("KafkaWay.java"), Program);
        return "KafkaWay.java";
    }

    /// <summary>The key and the chain in one file, and the anchors in another.</summary>
    private static async Task<RunningProgram> StartWithPemAsync(ConfiguredScenario made)
    {
        ImmutableArray<ConfigFile> files = made.WriteServer(ConfigProgram.Kafka);
        string text = files[0].Text.Replace("PKCS12", "PEM", StringComparison.Ordinal).Replace("bob_server.p12", "bob_server.pem", StringComparison.Ordinal)
            .Replace("bob_server.trust.p12", "root.crt", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(made.At(files[0].Name), text.Split('\n').Where(line => !line.Contains("password=", StringComparison.Ordinal)));
        return await RunningProgram.StartServerAsync(made.Folder, made.Scenario.Party("bob").Called!.Listen.Port, "java", WriteProgram(made), "broker", files[0].Name);
    }

    private static async Task<string> CallAsync(ConfiguredScenario made, string party, bool presentsNothing = false)
    {
        string name = made.WriteClient(ConfigProgram.Kafka, party, presentsNothing: presentsNothing)[0].Name;
        return (await Shell.RunAsync(made.Folder, $"STORE_PASSWORD=changeit java {WriteProgram(made)} client {name}")).StandardOutput;
    }
}
