using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A server in Python, of one file and the standard library.</summary>
internal static class PythonServer
{
    /// <summary>The line with which a path ends at a trust anchor that is an intermediate.</summary>
    public const string PartialChain = "    settings.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # A trust anchor is no root; Python 3.10 or later.\n";

    /// <summary>The lines with which the chain is checked against CRLs; nothing where it is not.</summary>
    /// <param name="files">The party's files.</param>
    /// <param name="indentation">What stands before each line.</param>
    public static string Crls(EndFiles files, string indentation) => files.Crls is null
        ? ""
        : $"{indentation}settings.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN\n{indentation}settings.load_verify_locations({SourceLiteral.Of(files.Crls)})\n";

    /// <summary>The program, to be run as <c>python3 NAME</c>.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        string entries = string.Concat((server.Admits ?? []).Select(entry => $"    {SourceLiteral.Of(AdmissionExpression.Line(entry))},\n"));
        bool admitsSome = server.Admits is not null;
        string admission = admitsSome
            ? $"\n# Whom {server.Party} lets in, of those whose certificate is verified.\nADMITTED = [\n{entries}]\n\n\n{PythonAdmission.Functions}"
            : "";
        string status = admitsSome ? "200 if admits(ADMITTED, self.connection.getpeercert(True)) else 403" : "200";
        string refused = admitsSome ? $" if status == 200 else {SourceLiteral.Of($"{server.Party} does not admit you.\n")}" : "";
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: python3 {name}").Of(server) + $$"""
            import http.server
            {{(admitsSome ? "import re\n" : "")}}import ssl
            {{admission}}

            def context():
                settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                settings.verify_mode = ssl.CERT_REQUIRED
                settings.load_verify_locations({{SourceLiteral.Of(files.Anchors!)}})
            {{(files.IntermediateAnchors.IsEmpty ? "" : PartialChain)}}{{Crls(files, "    ")}}    settings.load_cert_chain({{SourceLiteral.Of(files.Presented)}}, {{SourceLiteral.Of(files.Key)}})
                settings.minimum_version = ssl.TLSVersion.{{(server.MinimumTls == TlsVersion.Tls13 ? "TLSv1_3" : "TLSv1_2")}}
                settings.options |= ssl.OP_NO_TICKET
                settings.num_tickets = 0
                return settings


            class Server(http.server.ThreadingHTTPServer):
                def get_request(self):
                    connection, address = super().get_request()
                    connection.settimeout(30)
                    # With a context of its own no connection takes up the session of another, which would not verify the caller again.
                    return context().wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

                def handle_error(self, request, address):
                    print("turned away a caller:", sys.exc_info()[1], flush=True)


            class Handler(http.server.BaseHTTPRequestHandler):
                def setup(self):
                    self.request.do_handshake()
                    super().setup()

                def do_GET(self):
                    names = self.connection.getpeercert().get("subject", ())
                    caller = ", ".join("=".join(map(str, attribute)) for relative in names for attribute in relative)
                    status = {{status}}
                    answer = f"Hello, {caller}. This is " + {{SourceLiteral.Of($"{server.Party}.\n")}}{{refused}}
                    self.send_response(status)
                    self.send_header("Content-Type", "text/plain; charset=utf-8")
                    self.end_headers()
                    self.wfile.write(answer.encode("utf-8", "replace"))


            with Server(({{SourceLiteral.Of(server.Listen.Host)}}, {{server.Listen.Port.ToString(CultureInfo.InvariantCulture)}}), Handler) as server:
                context()
                print({{SourceLiteral.Of($"{server.Party} listens on https://{server.Listen}")}}, flush=True)
                server.serve_forever()

            """.ReplaceLineEndings("\n").Replace("import ssl\n", "import ssl\nimport sys\n", StringComparison.Ordinal));
    }
}
