using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A C# program that calls with HttpClient; .NET 10 runs the one file: <c>dotnet run NAME</c>.</summary>
internal static class HttpClientProgram
{
    /// <summary>The program.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        EndFiles files = client.Files;
        CallTarget target = client.Target;
        bool endsAtRoots = files.IntermediateAnchors.IsEmpty;
        return ConfigOutcome.Of(name, $$"""
            // {{client.Party}} of the scenario {{client.Scenario}}, a client that shows who it is.
            // Run: dotnet run {{name}}
            {{(files.Crls is null ? "" : "using System.Formats.Asn1;\n")}}{{(target.ConnectTo is null ? "" : "using System.Net;\n")}}using System.Net.Security;
            {{(target is { Tls: null, ConnectTo: null } ? "" : Usings(target))}}using System.Security.Cryptography;
            using System.Security.Cryptography.X509Certificates;

            var anchors = new X509Certificate2Collection();
            anchors.ImportFromPemFile({{CSharpLiteral.Of(files.Anchors!)}});

            using var handler = new SocketsHttpHandler();
            {{CSharpTrust.Policy("handler.SslOptions.", "1.3.6.1.5.5.7.3.1", endsAtRoots)}}{{Validation(files)}}{{Version(target.Tls)}}{{Own(files, target)}}{{Elsewhere(target)}}
            using var client = new HttpClient(handler);
            using HttpResponseMessage response = await client.GetAsync({{CSharpLiteral.Of(target.Address)}});
            Console.Error.WriteLine($"{(int)response.StatusCode} {response.ReasonPhrase}");
            Console.Write(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
            {{CSharpRevocation.Of(files)}}
            """.ReplaceLineEndings("\n"));
    }

    private static string Validation(EndFiles files) => files.IntermediateAnchors.IsEmpty && files.Crls is null
        ? ""
        : $"handler.SslOptions.RemoteCertificateValidationCallback = (_, _, chain, errors) => {(files.Crls is null ? CSharpTrust.EndsAtAnchor : CSharpRevocation.IsGood)};\n";

    private static string Usings(CallTarget target) =>
        (target.ConnectTo is null ? "" : "using System.Net.Sockets;\n")
        + (target.Tls is null ? "" : "using System.Security.Authentication;\n");

    private static string Version(TlsVersion? tls) => tls is null
        ? ""
        : $"handler.SslOptions.EnabledSslProtocols = SslProtocols.{tls};\n";

    private static string Own(EndFiles files, CallTarget target)
    {
        if (target.PresentsNothing)
        {
            return "";
        }

        bool hasChain = !files.Intermediates.IsEmpty;
        string intermediates = hasChain
            ? $"var presented = new X509Certificate2Collection();\npresented.ImportFromPemFile({CSharpLiteral.Of(files.Presented)});\n"
            : "";
        return $$"""

            var certificate = X509Certificate2.CreateFromPemFile({{CSharpLiteral.Of(files.Certificate)}}, {{CSharpLiteral.Of(files.Key)}});
            if (OperatingSystem.IsWindows())
            {
                // Windows' TLS wants a key that it has stored itself.
                certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
            }

            {{intermediates}}handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, {{(hasChain ? "presented" : "null")}}, offline: true);

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The server is verified for the URL's host, and reached where it listens.</summary>
    private static string Elsewhere(CallTarget target) => target.ConnectTo is not { } address
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $$"""

            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new DnsEndPoint({{CSharpLiteral.Of(address.Host)}}, {{address.Port}}), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            };

            """).ReplaceLineEndings("\n");
}
