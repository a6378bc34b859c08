using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A server in Node with grpc-js (1.14 or later).</summary>
internal static class GrpcServer
{
    /// <summary>The lines that declare the service, which needs no file of its own.</summary>
    public const string Service = """
        // A service of one method that takes and gives text, without a .proto of its own.
        const text = { requestSerialize: Buffer.from, requestDeserialize: String, responseSerialize: Buffer.from, responseDeserialize: String };
        const service = { greet: { path: '/mtls.Greeter/Greet', requestStream: false, responseStream: false, ...text } };

        """;

    /// <summary>The program, to be run as <c>node NAME</c>.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        if (!files.IntermediateAnchors.IsEmpty && IPAddress.TryParse(server.Listen.Host, out _))
        {
            return new ConfigOutcome.Refused(
                $"grpc takes only roots for trust anchors where it is called by IP address, and {server.Party} trusts {files.IntermediateAnchors[0]}", "go and java can");
        }

        string partial = files.IntermediateAnchors.IsEmpty
            ? ""
            : """
                // A trust anchor is no root (Node 20.18 or later). A caller who calls by IP address sends no name, and does not get through.
                const context = require('tls').createSecureContext({ ...own, ...options, allowPartialTrustChain: true });
                options.SNICallback = (name, done) => done(null, context);

                """.ReplaceLineEndings("\n");
        string check = server.Admits is null
            ? ""
            : $$"""
                    if (!isAdmitted(caller)) {
                      done({ code: grpc.status.PERMISSION_DENIED, details: {{JavaScriptLiteral.Of($"{server.Party} does not admit you.")}} });
                      return;
                    }

                """.ReplaceLineEndings("\n");
        string admission = server.Admits is { } admits ? NodeAdmission.Of(server.Party, admits) : "";
        return ConfigOutcome.Of(name, new ConfigHeader($"Run, where npm install @grpc/grpc-js has been run: node {name}") { Comment = "//" }.Of(server) + $$"""
            const fs = require('fs');
            const grpc = require('@grpc/grpc-js');

            const own = {
              ca: fs.readFileSync({{JavaScriptLiteral.Of(files.Anchors!)}}),
              cert: fs.readFileSync({{JavaScriptLiteral.Of(files.Presented)}}),
              key: fs.readFileSync({{JavaScriptLiteral.Of(files.Key)}}),
            };
            const credentials = grpc.ServerCredentials.createSsl(own.ca, [{ cert_chain: own.cert, private_key: own.key }], true);
            const options = credentials._getConstructorOptions();
            options.rejectUnauthorized = true;
            options.minVersion = '{{(server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2")}}';
            // A session that is resumed would not verify the caller again.
            options.secureOptions = require('crypto').constants.SSL_OP_NO_TICKET;
            {{partial}}{{admission}}
            {{Service}}
            const server = new grpc.Server();
            server.addService(service, {
              greet(call, done) {
                const caller = call.getAuthContext().sslPeerCertificate;
            {{check}}    const name = caller.subject?.CN ?? caller.subjectaltname ?? caller.subject ?? 'somebody';
                done(null, `Hello, ${JSON.stringify(name)}. This is {{server.Party}}.\n`);
              },
            });
            server.bindAsync({{JavaScriptLiteral.Of(server.Listen.ToString())}}, credentials, (error) => {
              if (error) throw error;
              console.log({{JavaScriptLiteral.Of($"{server.Party} listens on {server.Listen}")}});
            });

            """.ReplaceLineEndings("\n"));
    }
}
