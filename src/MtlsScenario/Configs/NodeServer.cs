using System.Globalization;
using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The article's server: a Node program that wants to know who calls.</summary>
internal static class NodeServer
{
    /// <summary>Node's server does not hand the option on, but takes a context for the name that is called.</summary>
    private const string PartialChain = """

        // A trust anchor is no root (Node 20.18 or later). A caller who calls by IP address sends no name, and does not get through.
        const context = require('tls').createSecureContext({ ...options, allowPartialTrustChain: true });
        options.SNICallback = (name, done) => done(null, context);

        """;

    /// <summary>The program, to be run as <c>node NAME</c>.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        if (!files.IntermediateAnchors.IsEmpty && IPAddress.TryParse(server.Listen.Host, out _))
        {
            return new ConfigOutcome.Refused(
                $"node takes only roots for trust anchors where it is called by IP address, and {server.Party} trusts {files.IntermediateAnchors[0]}",
                "openssl and kestrel can");
        }

        string minimum = server.MinimumTls == TlsVersion.Tls13 ? "  minVersion: 'TLSv1.3',\n" : "";
        string partial = files.IntermediateAnchors.IsEmpty ? "" : PartialChain;
        string only13 = server.MinimumTls == TlsVersion.Tls13
            ? ""
            : $"// With TLS 1.3 only: node --tls-min-v1.3 {name}\n";
        string admission = server.Admits is { } admits ? NodeAdmission.Of(server.Party, admits) : "";
        string check = server.Admits is null
            ? ""
            : $$"""
                  if (!isAdmitted(caller)) {
                    console.log(`turned away ${callerName}: not admitted`);
                    response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' });
                    response.end({{JavaScriptLiteral.Of($"{server.Party} does not admit you.\n")}});
                    return;
                  }

                """.ReplaceLineEndings("\n");
        string port = server.Listen.Port.ToString(CultureInfo.InvariantCulture);
        return ConfigOutcome.Of(name, $$"""
            // {{server.Party}} of the scenario {{server.Scenario}}, a server that verifies who calls.
            // Run: node {{name}}
            {{only13}}const fs = require('fs');
            const https = require('https');

            {{NodeCrls.Declaration(files)}}const options = {
              ca: fs.readFileSync({{JavaScriptLiteral.Of(files.Anchors!)}}),
              cert: fs.readFileSync({{JavaScriptLiteral.Of(files.Presented)}}),
              key: fs.readFileSync({{JavaScriptLiteral.Of(files.Key)}}),
            {{NodeCrls.Option(files)}}  requestCert: true,
              rejectUnauthorized: true,
              // A session that is resumed would not verify the caller again.
              secureOptions: require('crypto').constants.SSL_OP_NO_TICKET,
            {{minimum}}};
            {{partial}}{{admission}}
            https.createServer(options, (request, response) => {
              const caller = request.socket.getPeerCertificate();
              const callerName = JSON.stringify(caller.subject?.CN ?? caller.subjectaltname ?? caller.subject ?? 'somebody');
            {{check}}  console.log(`${request.method} from ${callerName} with ${request.socket.getProtocol()}`);
              response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
              response.end(`Hello, ${callerName}. This is {{server.Party}}.\n`);
            })
              .on('tlsClientError', (error) => console.log(`turned away a caller: ${error.message}`))
              .listen({{port}}, {{JavaScriptLiteral.Of(server.Listen.Host)}}, () => console.log({{JavaScriptLiteral.Of($"{server.Party} listens on https://{server.Listen}")}}));

            """.ReplaceLineEndings("\n"));
    }
}
