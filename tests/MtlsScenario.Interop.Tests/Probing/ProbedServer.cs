using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>Somebody else's server in a right or a wrong configuration, and the faults that it lets in.</summary>
/// <param name="Name">The program and the setting.</param>
/// <param name="LetIn">What it lets in, by grade A and B.</param>
/// <param name="Start">Starts it in a folder, on a port of localhost.</param>
internal sealed record ProbedServer(string Name, string LetIn, Func<string, int, Task<IAsyncDisposable>> Start)
{
    private const string OpenSslAlone = "no-eku v1";
    private const string OpenSsl = $"{OpenSslAlone} resumed-after-expiry";
    private const string Asked = "none forged-headers fqdn-host sni-not-host";
    private const string Unasked = $"{Asked} {OpenSsl}";
    private const string Unverified = "self-signed unknown-ca same-name-ca same-name-ca-no-aki same-name-ca-copied-aki missing-intermediate stuffed-chain duplicate-extension";
    private const string Anything = $"{DotNet} {Unverified} any-eku bad-signature ca-expired ca-false ca-server-auth code-signing critical-extension expired leaf-as-ca name-constraints-dns "
        + "name-constraints-uri no-basic-constraints no-keycertsign not-yet-valid path-length server-auth-only v1-ca";

    private const string DotNet = $"{OpenSslAlone} ca-as-client md5 no-digital-signature rsa-1024 sha-1";
    private const string JavaTls = $"{OpenSsl} any-eku ca-server-auth rsa-1024 sha-1";

    /// <summary>The page of s_server says what it knows of the caller, so that no two are equal.</summary>
    private static readonly string[] s_status = ["--accepted-when", "200"];

    /// <summary>Further options of the probe.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>All of them; each cell of the table was seen at that server, and stands in its manual.</summary>
    public static ImmutableArray<ProbedServer> All { get; } =
    [
        Nginx("on", OpenSsl),
        Nginx("optional", Unasked),
        Nginx("optional_no_ca", $"{Unasked} {Unverified}"),
        Nginx("on; error_page 495 496 =200 /", $"{Asked} {Anything}"),
        Program("s_server -verify_return_error", OpenSsl, port => $"openssl s_server -quiet -www -accept {port} -cert bob_server.crt -key bob_server.key -CAfile root.crt -Verify 20 -verify_return_error") with { Options = s_status },
        Program("s_server", Anything, port => $"openssl s_server -quiet -www -accept {port} -cert bob_server.crt -key bob_server.key -CAfile root.crt -Verify 20") with { Options = s_status },
        Node("true", $"{OpenSsl} rsa-1024"),
        Node("false", $"{Asked} {Anything}"),
        Haproxy("required", OpenSsl),
        Haproxy("per SNI", $"other-vhost-session sni-not-host {OpenSsl}"),
        Apache("require", OpenSsl),
        Apache("optional_no_ca", $"{Unasked} {Unverified}"),
        Kestrel("RequireCertificate", ClientCertificateMode.RequireCertificate, isVerified: true, DotNet),
        Kestrel("AllowCertificate", ClientCertificateMode.AllowCertificate, isVerified: true, $"{Asked} {DotNet}"),
        Kestrel("any certificate", ClientCertificateMode.RequireCertificate, isVerified: false, Anything),
        Java("setNeedClientAuth", JavaTls),
        Java("setWantClientAuth", $"none forged-headers sni-not-host {JavaTls}"),
        Python("CERT_REQUIRED", OpenSsl),
        Python("CERT_OPTIONAL", Unasked),
    ];

    /// <summary>Those that differ in what they remember of a session, by whom they let in that takes one up.</summary>
    public static ImmutableArray<ProbedServer> Remembering { get; } =
    [
        Nginx("on; ssl_session_tickets off; ssl_session_cache shared:all:1m", "resumed-after-expiry"),
        Nginx("on; ssl_session_tickets off", ""),
        Program("s_server -no_ticket", "resumed-after-expiry", port => $"openssl s_server -quiet -www -accept {port} -cert bob_server.crt -key bob_server.key -CAfile root.crt -Verify 20 -verify_return_error -no_ticket") with { Options = s_status },
        Program("s_server -no_ticket -no_cache", "", port => $"openssl s_server -quiet -www -accept {port} -cert bob_server.crt -key bob_server.key -CAfile root.crt -Verify 20 -verify_return_error -no_ticket -no_cache") with { Options = s_status },
        Go("default", "other-vhost-session"),
        Go("own", ""),
    ];

    /// <summary>One that fetches the issuer of a stranger's certificate, and one that tells each caller who it is, and what it makes of that.</summary>
    private static ImmutableArray<ProbedServer> Others { get; } =
    [
        Kestrel("certificate downloads", ClientCertificateMode.RequireCertificate, isVerified: true, DotNet, fetches: true),
        Node("false", "no-eku", "`${request.socket.getPeerCertificate().subject?.CN} ${request.socket.getPeerCertificate().fingerprint256}: ${request.socket.authorized}`") with { Name = "node that names the caller" },
    ];

    /// <summary>The one of that name.</summary>
    public static ProbedServer Of(string name) => All.Concat(Remembering).Concat(Others).First(server => server.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ProbedServer Program(string name, string letIn, Func<int, string> command, Action<string, int>? prepare = null) => new(name, letIn, async (folder, port) =>
    {
        prepare?.Invoke(folder, port);
        return await RunningProgram.StartServerAsync(folder, port, command(port).Split(' '));
    });

    private static ProbedServer Nginx(string verify, string letIn) => Program($"nginx {verify}", letIn, port => $"nginx -p . -c nginx{port}.conf -e stderr", (folder, port) => File.WriteAllText(Path.Combine(folder, $"nginx{port}.conf"), $$"""
        pid nginx{{port}}.pid; error_log stderr; daemon off; events {} http { access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
        server { listen localhost:{{port}} ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate bob_server.crt; ssl_certificate_key bob_server.key; ssl_client_certificate root.crt; ssl_verify_depth 20; ssl_verify_client {{verify}}; location / { return 200 hello; } } }
        """));

    private static ProbedServer Node(string rejects, string letIn, string says = "'hello'") => Program($"node rejectUnauthorized: {rejects}", letIn, port => $"node node{port}.js", (folder, port) => File.WriteAllText(Path.Combine(folder, $"node{port}.js"), $$"""
        const fs = require('fs');
        require('https').createServer({ key: fs.readFileSync('bob_server.key'), cert: fs.readFileSync('bob_server.crt'), ca: fs.readFileSync('root.crt'), requestCert: true, rejectUnauthorized: {{rejects}} },
          (request, response) => response.end({{says}})).listen({{port}}, 'localhost');
        """));

    private static ProbedServer Haproxy(string verify, string letIn) => Program($"haproxy {verify}", letIn, port => $"haproxy -db -f haproxy{port}.cfg", (folder, port) =>
    {
        File.WriteAllText(Path.Combine(folder, "bob.pem"), File.ReadAllText(Path.Combine(folder, "bob_server.crt")) + File.ReadAllText(Path.Combine(folder, "bob_server.key")));
        File.WriteAllText(Path.Combine(folder, "hosts"), "bob.pem [ca-file root.crt verify required] localhost\nbob.pem [verify none] other.localhost\n");
        string bind = verify == "required" ? "crt bob.pem ca-file root.crt verify required" : "crt-list hosts";
        File.WriteAllText(Path.Combine(folder, $"haproxy{port}.cfg"), $"""
            defaults
              mode http
              timeout client 10s
              timeout server 10s
              timeout connect 10s
            frontend bob
              bind localhost:{port} ssl {bind}
              http-request return status 200 content-type text/plain string hello

            """);
    });

    private static ProbedServer Apache(string verify, string letIn) => Program($"apache {verify}", letIn, port => $"apache2 -d . -f apache{port}.conf -X", (folder, port) => File.WriteAllText(Path.Combine(folder, $"apache{port}.conf"), $"""
        LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
        LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
        LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        User nobody
        Group nogroup
        ServerName localhost
        PidFile {folder}/apache{port}.pid
        ErrorLog /dev/null
        Mutex pthread
        Listen localhost:{port}
        Redirect 404 /
        SSLEngine on
        SSLCertificateFile {folder}/bob_server.crt
        SSLCertificateKeyFile {folder}/bob_server.key
        SSLCACertificateFile {folder}/root.crt
        SSLVerifyClient {verify}
        SSLVerifyDepth 20

        """));

    /// <summary>Two hosts that trust two authorities, and whose tickets have the same key, as they have by default, or keys of their own.</summary>
    private static ProbedServer Go(string keys, string letIn) => Program($"go, {keys} ticket keys", letIn, port => $"go run server{port}.go", (folder, port) => File.WriteAllText(Path.Combine(folder, $"server{port}.go"), $$"""
        package main
        import ("crypto/tls"; "crypto/x509"; "net/http"; "os")
        func main() {
          here, there, first := host("root.crt"), host("self.crt"), host("root.crt")
          first.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
            if hello.ServerName == "other.localhost" { return there, nil }
            return here, nil
          }
          http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) })
          server := http.Server{Addr: "localhost:{{port}}", TLSConfig: first}
          panic(server.ListenAndServeTLS("bob_server.crt", "bob_server.key"))
        }
        func host(ca string) *tls.Config {
          pem, _ := os.ReadFile(ca)
          own, _ := tls.LoadX509KeyPair("bob_server.crt", "bob_server.key")
          config := &tls.Config{Certificates: []tls.Certificate{own}, ClientCAs: x509.NewCertPool(), ClientAuth: tls.RequireAndVerifyClientCert}
          config.ClientCAs.AppendCertsFromPEM(pem)
          if "{{keys}}" == "own" { config.SetSessionTicketKeys([][32]byte{ {ca[0]} }) }
          return config
        }
        """));

    private static ProbedServer Java(string wants, string letIn) => Program($"java {wants}", letIn, port => $"java Server{port}.java", (folder, port) => File.WriteAllText(Path.Combine(folder, $"Server{port}.java"), $$"""
        import com.sun.net.httpserver.*; import java.io.*; import java.net.*; import java.nio.file.*; import java.security.*; import java.security.cert.*; import java.security.spec.*; import java.util.*; import javax.net.ssl.*;
        class Server{{port}} { public static void main(String[] a) throws Exception {
          CertificateFactory f = CertificateFactory.getInstance("X.509");
          String pem = Files.readString(Path.of("bob_server.key")).replaceAll("-----[^-]*-----|\\s", "");
          PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
          KeyStore own = KeyStore.getInstance("PKCS12"); own.load(null, null);
          own.setKeyEntry("bob", key, new char[0], new java.security.cert.Certificate[] { f.generateCertificate(new FileInputStream("bob_server.crt")) });
          KeyStore trust = KeyStore.getInstance("PKCS12"); trust.load(null, null);
          trust.setCertificateEntry("root", f.generateCertificate(new FileInputStream("root.crt")));
          KeyManagerFactory k = KeyManagerFactory.getInstance("SunX509"); k.init(own, new char[0]);
          TrustManagerFactory t = TrustManagerFactory.getInstance("PKIX"); t.init(trust);
          SSLContext c = SSLContext.getInstance("TLS"); c.init(k.getKeyManagers(), t.getTrustManagers(), null);
          HttpsServer s = HttpsServer.create(new InetSocketAddress("localhost", {{port}}), 0);
          s.setHttpsConfigurator(new HttpsConfigurator(c) { public void configure(HttpsParameters p) { SSLParameters q = c.getDefaultSSLParameters(); q.{{wants}}(true); p.setSSLParameters(q); } });
          s.createContext("/", e -> { e.sendResponseHeaders(200, 5); e.getResponseBody().write("hello".getBytes()); e.close(); }); s.start(); } }
        """));

    private static ProbedServer Python(string verify, string letIn) => Program($"python {verify}", letIn, port => $"python3 server{port}.py", (folder, port) => File.WriteAllText(Path.Combine(folder, $"server{port}.py"), $"""
        import http.server, ssl
        class Hello(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200); self.send_header('Content-Length', '5'); self.end_headers(); self.wfile.write(b'hello')
        class Server(http.server.ThreadingHTTPServer):
            def finish_request(self, request, address):
                super().finish_request(context.wrap_socket(request, server_side=True), address)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain('bob_server.crt', 'bob_server.key')
        context.load_verify_locations('root.crt')
        context.verify_mode = ssl.{verify}
        Server(('localhost', {port}), Hello).serve_forever()
        """));

    private static ProbedServer Kestrel(string name, ClientCertificateMode mode, bool isVerified, string letIn, bool fetches = false) => new($"Kestrel {name}", letIn, async (folder, port) =>
    {
        X509Certificate2 own = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "bob_server.crt"), Path.Combine(folder, "bob_server.key"));
        X509Certificate2 root = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "root.crt"));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, at => at.UseHttps(https =>
        {
            https.ServerCertificate = own;
            https.ClientCertificateMode = mode;
            https.OnAuthenticate = (_, tls) =>
            {
                tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = !fetches };
                tls.CertificateChainPolicy.CustomTrustStore.Add(root);
                tls.AllowTlsResume = false;
            };
            if (!isVerified)
            {
                https.AllowAnyClientCertificate();
            }
        })));
        WebApplication server = builder.Build();
        server.Run(context => context.Response.WriteAsync("hello"));
        await server.StartAsync();
        return server;
    });
}
