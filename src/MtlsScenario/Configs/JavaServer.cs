using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A server in Java, of one file that is run from its source, and the system properties of its stores.</summary>
internal static class JavaServer
{
    private const string Imports = """
        import com.sun.net.httpserver.HttpsConfigurator;
        import com.sun.net.httpserver.HttpsExchange;
        import com.sun.net.httpserver.HttpsParameters;
        import com.sun.net.httpserver.HttpsServer;
        import java.net.InetSocketAddress;
        import java.nio.charset.StandardCharsets;
        import java.security.cert.X509Certificate;
        import java.util.concurrent.Executors;
        import javax.net.ssl.KeyManagerFactory;
        import javax.net.ssl.SSLContext;
        import javax.net.ssl.SSLParameters;
        import javax.net.ssl.SSLSession;
        import javax.net.ssl.TrustManagerFactory;

        """;

    /// <summary>The program, to be run as <c>java NAME</c>, and the argument file.</summary>
    public static ConfigOutcome Of(ServerSettings server, string stem)
    {
        string name = $"app_{stem}.java";
        string protocols = server.MinimumTls == TlsVersion.Tls13 ? "\"TLSv1.3\"" : "\"TLSv1.3\", \"TLSv1.2\"";
        bool admitsSome = server.Admits is not null;
        string entries = string.Join(", ", (server.Admits ?? []).Select(entry => SourceLiteral.OfJava(AdmissionExpression.Line(entry))));
        string status = admitsSome ? "ADMITTED.admits(caller) ? 200 : 403" : "200";
        string answer = $"\"Hello, \" + caller.getSubjectX500Principal() + \". This is \" + {SourceLiteral.OfJava($"{server.Party}.\n")}";
        string refused = admitsSome ? $"status == 403 ? {SourceLiteral.OfJava($"{server.Party} does not admit you.\n")} : " : "";
        string program = JavaStores.Header(server, $"Java 11 or later runs it from its source: java {name}", "//") + $$"""
            {{Sorted(Imports + JavaStores.Imports + JavaStores.CrlImports(server.Files) + (admitsSome ? JavaAdmission.Imports : ""))}}
            final class Server {
            {{(admitsSome ? $"    private static final Admission ADMITTED = new Admission({entries});\n\n" : "")}}    public static void main(String[] arguments) throws Exception {
                    // A session that is resumed would not verify the caller again: its state stays here, and ends with the first request.
                    System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
                    SSLContext context = context();
                    HttpsServer server = HttpsServer.create(new InetSocketAddress({{SourceLiteral.OfJava(server.Listen.Host)}}, {{server.Listen.Port.ToString(CultureInfo.InvariantCulture)}}), 0);
                    server.setHttpsConfigurator(new HttpsConfigurator(context) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            SSLParameters tls = context.getDefaultSSLParameters();
                            tls.setNeedClientAuth(true);
                            tls.setProtocols(new String[] {{{protocols}}});
                            parameters.setSSLParameters(tls);
                        }
                    });
                    server.createContext("/", exchange -> {
                        SSLSession session = ((HttpsExchange) exchange).getSSLSession();
                        session.invalidate();
                        X509Certificate caller = (X509Certificate) session.getPeerCertificates()[0];
                        int status = {{status}};
                        byte[] answer = ({{refused}}{{answer}}).getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                    });
                    server.setExecutor(Executors.newCachedThreadPool());
                    server.start();
                    System.out.println({{SourceLiteral.OfJava($"{server.Party} listens on https://{server.Listen}")}});
                }
            {{JavaStores.Context(server.Files)}}}
            {{(admitsSome ? JavaAdmission.Class : "")}}
            """.ReplaceLineEndings("\n").TrimEnd() + "\n";
        return new ConfigOutcome.Written(
        [
            new ConfigFile(name, program) { Comment = "//" },
            JavaStores.Arguments(server, $"{stem}.args", "# A server must ask for the client's certificate itself: setNeedClientAuth(true).\n"),
        ]);
    }

    /// <summary>The imports, each once.</summary>
    public static string Sorted(string imports) =>
        string.Concat(imports.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).Select(line => line + "\n"));
}
