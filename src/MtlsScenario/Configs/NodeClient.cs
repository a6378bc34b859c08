using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A Node program that calls.</summary>
internal static class NodeClient
{
    /// <summary>The option with which a path ends at a trust anchor that is an intermediate.</summary>
    public const string PartialChain = "  allowPartialTrustChain: true, // a trust anchor is no root; Node 20.18 or later\n";

    /// <summary>The program, to be run as <c>node NAME</c>.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        EndFiles files = client.Files;
        CallTarget target = client.Target;
        string own = target.PresentsNothing
            ? ""
            : $"""
                  cert: fs.readFileSync({JavaScriptLiteral.Of(files.Presented)}),
                  key: fs.readFileSync({JavaScriptLiteral.Of(files.Key)}),

                """.ReplaceLineEndings("\n");
        string partial = files.IntermediateAnchors.IsEmpty ? "" : PartialChain;
        return ConfigOutcome.Of(name, $$"""
            // {{client.Party}} of the scenario {{client.Scenario}}, a client that shows who it is.
            // Run: node {{name}}
            const fs = require('fs');
            const https = require('https');

            {{NodeCrls.Declaration(files)}}const options = {
              ca: fs.readFileSync({{JavaScriptLiteral.Of(files.Anchors!)}}),
            {{NodeCrls.Option(files)}}{{own}}{{partial}}{{Version(target.Tls)}}{{Elsewhere(target)}}};

            https.get({{JavaScriptLiteral.Of(target.Address)}}, options, (response) => {
              console.error(`${response.statusCode} from ${JSON.stringify(response.socket.getPeerCertificate().subject)}`);
              process.exitCode = response.statusCode < 400 ? 0 : 1;
              response.pipe(process.stdout);
            }).on('error', (error) => {
              console.error(`no answer: ${error.message}`);
              process.exitCode = 1;
            });

            """.ReplaceLineEndings("\n"));
    }

    private static string Version(TlsVersion? tls) => tls switch
    {
        null => "",
        TlsVersion.Tls12 => "  minVersion: 'TLSv1.2',\n  maxVersion: 'TLSv1.2',\n",
        TlsVersion.Tls13 => "  minVersion: 'TLSv1.3',\n",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The server is verified for the URL's host, and reached where it listens.</summary>
    private static string Elsewhere(CallTarget target) => target.ConnectTo is not { } address
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $$"""
              createConnection: (options) => require('tls').connect({ ...options, host: {{JavaScriptLiteral.Of(address.Host)}}, port: {{address.Port}}, servername: {{JavaScriptLiteral.Of(target.Host)}} }),

            """).ReplaceLineEndings("\n");
}
