using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A server in Go, of one file and the standard library.</summary>
internal static class GoServer
{
    private static readonly ImmutableArray<string> s_imports = ["crypto/tls", "crypto/x509", "fmt", "log", "net/http", "os", "time"];

    /// <summary>The program, to be run as <c>go run NAME</c>.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        string entries = string.Concat((server.Admits ?? []).Select(entry => $"\t{SourceLiteral.Of(AdmissionExpression.Line(entry))},\n"));
        bool admitsSome = server.Admits is not null;
        string admission = admitsSome ? $"\n// Whom {server.Party} lets in, of those whose certificate is verified.\nvar admitted = []string{{\n{entries}}}\n" : "";
        string check = admitsSome
            ? $$"""
                	if !admits(admitted, caller) {
                		http.Error(response, {{SourceLiteral.Of($"{server.Party} does not admit you.")}}, http.StatusForbidden)
                		return
                	}

                """.ReplaceLineEndings("\n")
            : "";
        string program = new ConfigHeader($"Run: go run {name}") { Comment = "//" }.Of(server) + $$"""

            package main

            {{GoAdmission.Import([.. s_imports, .. admitsSome ? GoAdmission.Imports : [], .. server.Files.Crls is null ? [] : GoRevocation.Imports])}}{{admission}}
            func main() {
            {{Identity(server.Files)}}	server := &http.Server{
            		Addr:              {{SourceLiteral.Of(server.Listen.ToString())}},
            		Handler:           http.HandlerFunc(answer),
            		ReadHeaderTimeout: 10 * time.Second,
            		TLSConfig: &tls.Config{
            			Certificates: []tls.Certificate{own},
            			ClientAuth:   tls.RequireAndVerifyClientCert,
            			ClientCAs:    anchors,
            			MinVersion:   tls.{{Version(server.MinimumTls)}},
            {{GoRevocation.Field(server.Files, "\t\t\t")}}			// A session that is resumed would not verify the caller again.
            			SessionTicketsDisabled: true,
            		},
            	}
            	log.Print({{SourceLiteral.Of($"{server.Party} listens on https://{server.Listen}")}})
            	log.Fatal(server.ListenAndServeTLS("", ""))
            }

            func answer(response http.ResponseWriter, request *http.Request) {
            	caller := request.TLS.PeerCertificates[0]
            {{check}}	fmt.Fprintf(response, "Hello, %s. This is %s.\n", caller.Subject, {{SourceLiteral.Of(server.Party)}})
            }
            {{Anchors}}{{GoRevocation.Of(server.Files)}}{{(admitsSome ? $"\n{GoAdmission.Functions}" : "")}}
            """.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        return ConfigOutcome.Of(name, program);
    }

    /// <summary>The name of a version.</summary>
    public static string Version(TlsVersion version) => version == TlsVersion.Tls13 ? "VersionTLS13" : "VersionTLS12";

    /// <summary>Declares <c>readAnchors(file)</c>.</summary>
    public const string Anchors = """

        func readAnchors(file string) *x509.CertPool {
        	text, err := os.ReadFile(file)
        	if err != nil {
        		log.Fatal(err)
        	}
        	anchors := x509.NewCertPool()
        	if !anchors.AppendCertsFromPEM(text) {
        		log.Fatalf("%s has no certificate", file)
        	}
        	return anchors
        }

        """;

    /// <summary>The lines that read the party's files, its key too unless it presents nothing.</summary>
    public static string Identity(EndFiles files, bool presentsNothing = false)
    {
        string own = presentsNothing
            ? ""
            : $$"""
                	own, err := tls.LoadX509KeyPair({{SourceLiteral.Of(files.Presented)}}, {{SourceLiteral.Of(files.Key)}})
                	if err != nil {
                		log.Fatal(err)
                	}

                """.ReplaceLineEndings("\n");
        return $"\tanchors := readAnchors({SourceLiteral.Of(files.Anchors!)})\n{own}";
    }
}
