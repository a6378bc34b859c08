using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A client in Node with grpc-js.</summary>
internal static class GrpcClient
{
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
        string partial = files.IntermediateAnchors.IsEmpty ? "" : NodeClient.PartialChain;
        string version = target.Tls switch
        {
            null => "  minVersion: 'TLSv1.2',\n",
            TlsVersion.Tls12 => "  minVersion: 'TLSv1.2',\n  maxVersion: 'TLSv1.2',\n",
            TlsVersion.Tls13 => "  minVersion: 'TLSv1.3',\n",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        string address = (target.ConnectTo ?? new ListenAddress(target.Host, target.Url.Port)).ToString();
        string named = target.ConnectTo is null
            ? ""
            : $", {{ 'grpc.ssl_target_name_override': {JavaScriptLiteral.Of(target.Host)}, 'grpc.default_authority': {JavaScriptLiteral.Of(target.Host)} }}";
        return ConfigOutcome.Of(name, new ConfigHeader($"Run, where npm install @grpc/grpc-js has been run: node {name}") { Comment = "//" }.Of(client) + $$"""
            const fs = require('fs');
            const grpc = require('@grpc/grpc-js');
            const tls = require('tls');

            const context = tls.createSecureContext({
              ca: fs.readFileSync({{JavaScriptLiteral.Of(files.Anchors!)}}),
            {{own}}{{partial}}{{version}}});
            {{GrpcServer.Service}}
            const Client = grpc.makeGenericClientConstructor(service, 'Greeter');
            const client = new Client({{JavaScriptLiteral.Of(address)}}, grpc.credentials.createFromSecureContext(context){{named}});
            client.greet('hello', { deadline: Date.now() + 10000 }, (error, answer) => {
              if (error) console.error(`no answer: ${grpc.status[error.code]}: ${error.details}`);
              else process.stdout.write(answer);
              process.exitCode = error ? 1 : 0;
              client.close();
            });

            """.ReplaceLineEndings("\n"));
    }
}
