using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>Clients as people write them: the URL, the anchors, the certificate and its key are their arguments.</summary>
internal static class ProbedClient
{
    private const string Node = "require('https').get(process.argv[1], {ca: f(2), cert: f(3), key: f(4)}, r => r.resume()).on('error', e => process.exit(1)); function f(n) { return require('fs').readFileSync(process.argv[n]); }";
    private const string Python = "import ssl, sys, urllib.request; c = ssl.create_default_context(cafile=sys.argv[2]); c.load_cert_chain(sys.argv[3], sys.argv[4]); urllib.request.urlopen(sys.argv[1], context=c)";
    private const string Arguments = "{url} {ca} {cert} {key}";

    private const string Go = """
        package main
        import ("crypto/tls"; "crypto/x509"; "net/http"; "os")
        func main() {
          pool, pem := x509.NewCertPool(), must(os.ReadFile(os.Args[2]))
          pool.AppendCertsFromPEM(pem)
          own := must(tls.LoadX509KeyPair(os.Args[3], os.Args[4]))
          client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{own}}}}
          must(client.Get(os.Args[1]))
        }
        func must[T any](value T, err error) T { if err != nil { println(err.Error()); os.Exit(1) }; return value }
        """;

    private const string Java = """
        import java.io.*; import java.net.*; import java.net.http.*; import java.nio.file.*; import java.security.*; import java.security.cert.*; import java.security.spec.*; import java.util.*; import javax.net.ssl.*;
        class Client { public static void main(String[] a) throws Exception {
          CertificateFactory f = CertificateFactory.getInstance("X.509");
          PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(Files.readString(Path.of(a[3])).replaceAll("-----[^-]*-----|\\s", ""))));
          KeyStore own = KeyStore.getInstance("PKCS12"); own.load(null, null);
          own.setKeyEntry("own", key, new char[0], f.generateCertificates(new FileInputStream(a[2])).toArray(new java.security.cert.Certificate[0]));
          KeyStore trust = KeyStore.getInstance("PKCS12"); trust.load(null, null);
          trust.setCertificateEntry("root", f.generateCertificate(new FileInputStream(a[1])));
          KeyManagerFactory k = KeyManagerFactory.getInstance("SunX509"); k.init(own, new char[0]);
          TrustManagerFactory t = TrustManagerFactory.getInstance("PKIX"); t.init(trust);
          SSLContext c = SSLContext.getInstance("TLS"); c.init(k.getKeyManagers(), t.getTrustManagers(), null);
          HttpsURLConnection u = (HttpsURLConnection) new URL(a[0]).openConnection(); u.setSSLSocketFactory(c.getSocketFactory()); u.getResponseCode(); } }
        """;

    private const string DotNet = """
        using System.Net.Http; using System.Net.Security; using System.Security.Cryptography.X509Certificates;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(args[1]);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy, ClientCertificates = [X509Certificate2.CreateFromPemFile(args[2], args[3])] } };
        using var client = new HttpClient(handler);
        await client.GetAsync(args[0]);
        """;

    /// <summary>Makes the client in a folder, once, and returns the command that runs it there.</summary>
    public static async Task<string> MakeAsync(string folder, string program)
    {
        switch (program)
        {
            case "go":
                await SaveAsync("client.go", Go, "go build -o goclient client.go");
                return $"./goclient {Arguments}";
            case "java":
                await SaveAsync("Client.java", Java, "javac Client.java");
                return $"java -XX:TieredStopAtLevel=1 -cp . Client {Arguments}";
            case "dotnet":
                await SaveAsync("httpclient.cs", DotNet, "dotnet build httpclient.cs -o httpclient --nologo -v q");
                return $"dotnet httpclient/httpclient.dll {Arguments}";
            default:
                Needs.Program(program);
                return program switch
                {
                    "node" => $"node -e \"{Node}\" {Arguments}",
                    "python3" => $"python3 -c '{Python}' {Arguments}",
                    _ => "curl -s --cacert {ca} --cert {cert} --key {key} {url}",
                };
        }

        async Task SaveAsync(string name, string source, string command)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), source);
            await Shell.SucceedAsync(folder, command);
        }
    }
}
