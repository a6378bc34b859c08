using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A client in Java, of one file that is run from its source, and the system properties of its stores.</summary>
internal static class JavaClient
{
    private const string Imports = """
        import java.net.URI;
        import java.net.http.HttpClient;
        import java.net.http.HttpRequest;
        import java.net.http.HttpResponse;
        import java.util.concurrent.ExecutionException;
        import java.util.concurrent.TimeUnit;
        import java.util.concurrent.TimeoutException;
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
            {{JavaServer.Sorted(Imports + JavaStores.Imports + JavaStores.CrlImports(client.Files))}}
            final class Client {
                public static void main(String[] arguments) throws Exception {
                    SSLParameters tls = new SSLParameters();
                    tls.setProtocols(new String[] {{{protocols}}});
                    HttpClient client = HttpClient.newBuilder().sslContext(context()).sslParameters(tls).version(HttpClient.Version.HTTP_1_1).build();
                    HttpRequest request = HttpRequest.newBuilder(URI.create({{SourceLiteral.OfJava(target.Url.AbsoluteUri)}})).build();
                    try {
                        // With a limit of its own: where a handshake has failed, Java 17 may wait for ever, whatever the timeout of the request.
                        HttpResponse<String> response = client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).get(10, TimeUnit.SECONDS);
                        System.err.println(response.statusCode() + " from " + response.sslSession().get().getPeerPrincipal());
                        System.out.print(response.body());
                        System.out.flush();
                        System.exit(response.statusCode() < 400 ? 0 : 1);
                    } catch (ExecutionException exception) {
                        System.err.println("no answer: " + exception.getCause().getMessage());
                        System.exit(1);
                    } catch (TimeoutException exception) {
                        System.err.println("no answer in time");
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
