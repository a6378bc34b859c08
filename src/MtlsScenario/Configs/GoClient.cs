using System.Collections.Immutable;

namespace MtlsScenario.Configs;

/// <summary>A client in Go, of one file and the standard library.</summary>
internal static class GoClient
{
    private static readonly ImmutableArray<string> s_imports = ["crypto/tls", "crypto/x509", "io", "log", "net/http", "os"];

    /// <summary>The program, to be run as <c>go run NAME</c>.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        CallTarget target = client.Target;
        (string Key, string Value)[] settings =
        [
            .. target.PresentsNothing ? [] : ((string, string)[])[("Certificates", "[]tls.Certificate{own}")],
            ("RootCAs", "anchors"),
            .. target.Tls is { } only ? ((string, string)[])[("MinVersion", $"tls.{GoServer.Version(only)}"), ("MaxVersion", $"tls.{GoServer.Version(only)}")] : [],
        ];
        int width = settings.Max(setting => setting.Key.Length) + 1;
        string lines = string.Concat(settings.Select(setting => $"\t\t{(setting.Key + ":").PadRight(width)} {setting.Value},\n"));
        string elsewhere = target.ConnectTo is { } address
            ? $$"""
                	transport.DialContext = func(context context.Context, network, _ string) (net.Conn, error) {
                		return new(net.Dialer).DialContext(context, network, {{SourceLiteral.Of(address.ToString())}})
                	}

                """.ReplaceLineEndings("\n")
            : "";
        ImmutableArray<string> imports = [.. s_imports, .. target.ConnectTo is null ? (string[])[] : ["context", "net"], .. client.Files.Crls is null ? [] : GoRevocation.Imports];
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: go run {name}") { Comment = "//" }.Of(client) + $$"""

            package main

            {{GoAdmission.Import(imports)}}
            func main() {
            {{GoServer.Identity(client.Files, target.PresentsNothing)}}	transport := &http.Transport{TLSClientConfig: &tls.Config{
            {{lines}}{{GoRevocation.Field(client.Files, "\t\t")}}{{"\t}}"}}
            {{elsewhere}}	response, err := (&http.Client{Transport: transport}).Get({{SourceLiteral.Of(target.Url.AbsoluteUri)}})
            	if err != nil {
            		log.Fatalf("no answer: %v", err)
            	}
            	log.Printf("%s from %s", response.Status, response.TLS.PeerCertificates[0].Subject)
            	if _, err := io.Copy(os.Stdout, response.Body); err != nil || response.StatusCode >= 400 {
            		os.Exit(1)
            	}
            }
            {{GoServer.Anchors}}{{GoRevocation.Of(client.Files)}}
            """.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
    }
}
