using System.Text.Encodings.Web;
using System.Text.Json;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>ASP.NET Core's server: <c>appsettings.json</c> and <c>Program.cs</c> of a project of <c>dotnet new web</c>.</summary>
internal static class KestrelServer
{
    /// <summary>The two files.</summary>
    public static ConfigOutcome Of(ServerSettings server) => new ConfigOutcome.Written(
    [
        new ConfigFile("appsettings.json", Settings(server)) { Comment = "//" },
        new ConfigFile("Program.cs", Program(server)) { Comment = "//" },
    ]);

    private static string Settings(ServerSettings server)
    {
        string versions = server.MinimumTls == TlsVersion.Tls13 ? "\"Tls13\"" : "\"Tls12\", \"Tls13\"";
        return $$"""
            {
              "Kestrel": {
                "Endpoints": {
                  {{Json(server.Party)}}: {
                    "Url": {{Json($"https://{server.Listen}")}},
                    "SslProtocols": [ {{versions}} ],
                    "ClientCertificateMode": "RequireCertificate",
                    "Certificate": {
                      "Path": {{Json(server.Files.Presented)}},
                      "KeyPath": {{Json(server.Files.Key)}}
                    }
                  }
                }
              }
            }

            """.ReplaceLineEndings("\n");
    }

    private static string Program(ServerSettings server)
    {
        string admission = server.Admits is null
            ? ""
            : """
                app.Use((context, next) =>
                {
                    if (Admission.Admits(context.Connection.ClientCertificate!))
                    {
                        return next(context);
                    }

                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                });

                """.ReplaceLineEndings("\n");
        bool checks = server.Files.Crls is not null;
        bool endsAtRoots = server.Files.IntermediateAnchors.IsEmpty;
        string classes = server.Admits is { } admits ? CSharpAdmission.Of(server.Party, admits) : "";
        return $$"""
            // {{server.Party}} of the scenario {{server.Scenario}}, a server that verifies who calls.
            {{(server.Admits is not null ? CSharpAdmission.FirstUsings : checks ? "using System.Formats.Asn1;\n" : "")}}using System.Net.Security;
            using System.Security.Cryptography;
            using System.Security.Cryptography.X509Certificates;
            {{(server.Admits is null ? "" : CSharpAdmission.LastUsings)}}
            var builder = WebApplication.CreateBuilder(args);
            var anchors = new X509Certificate2Collection();
            anchors.ImportFromPemFile({{CSharpLiteral.Of(server.Files.Anchors!)}});

            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
            {
                https.OnAuthenticate = (_, tls) =>
                {
                    // A resumed session would not verify the caller again.
                    tls.AllowTlsResume = false;
            {{CSharpTrust.Policy("        tls.", "1.3.6.1.5.5.7.3.2", endsAtRoots)}}    };
            {{(endsAtRoots && !checks ? "" : $"    https.ClientCertificateValidation = (_, chain, errors) => {(checks ? CSharpRevocation.IsGood : CSharpTrust.EndsAtAnchor)};\n")}}}));

            var app = builder.Build();
            {{admission}}app.MapGet("/", (HttpContext context) => $"Hello, {context.Connection.ClientCertificate!.Subject}. This is {{server.Party}}.\n");
            app.Run();
            {{classes}}{{CSharpRevocation.Of(server.Files)}}
            """.ReplaceLineEndings("\n");
    }

    private static string Json(string text) => '"' + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() + '"';
}
