using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A client in Python, of one file and the standard library.</summary>
internal static class PythonClient
{
    /// <summary>The program, to be run as <c>python3 NAME</c>.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        EndFiles files = client.Files;
        CallTarget target = client.Target;
        string own = target.PresentsNothing ? "" : $"settings.load_cert_chain({SourceLiteral.Of(files.Presented)}, {SourceLiteral.Of(files.Key)})\n";
        string version = target.Tls is { } only
            ? $"settings.minimum_version = settings.maximum_version = ssl.TLSVersion.{(only == TlsVersion.Tls12 ? "TLSv1_2" : "TLSv1_3")}\n"
            : "";
        string partial = files.IntermediateAnchors.IsEmpty ? "" : PythonServer.PartialChain.TrimStart();
        string port = target.Url.Port.ToString(CultureInfo.InvariantCulture);
        string elsewhere = target.ConnectTo is { } address
            ? $"    connection.sock = settings.wrap_socket(socket.create_connection(({SourceLiteral.Of(address.Host)}, {address.Port.ToString(CultureInfo.InvariantCulture)}), 30), server_hostname={SourceLiteral.Of(target.Host)})\n"
            : "";
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: python3 {name}").Of(client) + $$"""
            import http.client
            {{(elsewhere.Length > 0 ? "import socket\n" : "")}}import ssl
            import sys

            settings = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            settings.load_verify_locations({{SourceLiteral.Of(files.Anchors!)}})
            {{partial}}{{PythonServer.Crls(files, "")}}{{own}}{{version}}connection = http.client.HTTPSConnection({{SourceLiteral.Of(target.Host)}}, {{port}}, timeout=30, context=settings)
            try:
            {{elsewhere}}    connection.request("GET", {{SourceLiteral.Of(target.Url.PathAndQuery)}})
                response = connection.getresponse()
                print(response.status, response.reason, file=sys.stderr)
                sys.stdout.write(response.read().decode("utf-8", "replace"))
            except OSError as fault:
                sys.exit(f"no answer: {fault}")
            sys.exit(0 if response.status < 400 else 1)

            """.ReplaceLineEndings("\n"));
    }
}
