using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A client in Java, of one file that is run from its source, and the system properties of its stores.</summary>
internal static class JavaClient
{
    private const string Imports = """
        import java.io.IOException;
        import java.net.URI;
        import java.net.http.HttpClient;
        import java.net.http.HttpRequest;
        import java.net.http.HttpResponse;
        import java.time.Duration;
        import javax.net.ssl.KeyManagerFactory;
        import javax.net.ssl.SSLContext;
        import javax.net.ssl.SSLParameters;
        import javax.net.ssl.TrustManagerFactory;

        """;

    /// <summary>The program, to be run as <c>java NAME</c>, and the argument file.</summary>
    public static ConfigOutcome Of(ClientSettings client, string stem)
    {
        string name = $"app_{stem}.java";
        CallTarget target = client.Target;
        string? version = target.Tls switch
        {
            null => null,
            TlsVersion.Tls12 => "TLSv1.2",
            TlsVersion.Tls13 => "TLSv1.3",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        string protocols = version is null ? "\"TLSv1.3\", \"TLSv1.2\"" : $"\"{version}\"";
        string program = JavaStores.Header(client, $"Java 11 or later runs it from its source: java {name}", "//") + $$"""
            {{JavaServer.Sorted(Imports + JavaStores.Imports)}}
            final class Client {
                public static void main(String[] arguments) throws Exception {
                    SSLParameters tls = new SSLParameters();
                    tls.setProtocols(new String[] {{{protocols}}});
                    HttpClient client = HttpClient.newBuilder().sslContext(context()).sslParameters(tls).version(HttpClient.Version.HTTP_1_1).build();
                    // Without a limit Java may wait for ever where a handshake has failed.
                    HttpRequest request = HttpRequest.newBuilder(URI.create({{SourceLiteral.OfJava(target.Url.AbsoluteUri)}})).timeout(Duration.ofSeconds(20)).build();
                    try {
                        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                        System.err.println(response.statusCode() + " from " + response.sslSession().get().getPeerPrincipal());
                        System.out.print(response.body());
                        System.out.flush();
                        System.exit(response.statusCode() < 400 ? 0 : 1);
                    } catch (IOException exception) {
                        System.err.println("no answer: " + exception.getMessage());
                        System.exit(1);
                    }
                }
            {{JavaStores.Context(client.Files, target.PresentsNothing)}}}

            """.ReplaceLineEndings("\n");
        return new ConfigOutcome.Written(
        [
            new ConfigFile(name, program) { Comment = "//" },
            JavaStores.Arguments(client, $"{stem}.args", version is null ? "" : $"-Djdk.tls.client.protocols={version}\n"),
        ]);
    }
}
