using System.Globalization;

namespace MtlsScenario.Benchmarks;

/// <summary>
/// <c>test</c> on the stack of another program, against a process of that program for each connection, one after the other.
/// The callers of those call one <c>openssl s_server</c> that runs all the time; nginx is started, and ended, without a call.
/// </summary>
/// <param name="tool">The native binary.</param>
/// <param name="place">Where the files are.</param>
internal sealed class StackRows(string tool, WorkPlace place)
{
    private const int Connections = 100;

    private const string JavaCaller = """
        import java.io.*; import java.nio.file.*; import java.security.KeyStore; import javax.net.ssl.*;
        class Call {
            public static void main(String[] a) throws Exception {
                char[] word = "changeit".toCharArray();
                var keys = KeyManagerFactory.getInstance("PKIX");
                keys.init(KeyStore.getInstance(new File("c1_client.p12"), word), word);
                var anchors = TrustManagerFactory.getInstance("PKIX");
                anchors.init(KeyStore.getInstance(new File("c1_client.trust.p12"), word));
                var context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), anchors.getTrustManagers(), null);
                try (var socket = context.getSocketFactory().createSocket("localhost", Integer.parseInt(a[0]))) {
                    socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
                    if (socket.getInputStream().read() < 0) System.exit(1);
                }
            }
        }
        """;

    private const string GoCaller = """
        package main
        import ("crypto/tls"; "crypto/x509"; "os")
        func main() {
            own, _ := tls.LoadX509KeyPair("c1_client.crt", "c1_client.key")
            anchors, _ := os.ReadFile("ca.crt")
            pool := x509.NewCertPool()
            pool.AppendCertsFromPEM(anchors)
            c, err := tls.Dial("tcp", "localhost:"+os.Args[1], &tls.Config{Certificates: []tls.Certificate{own}, RootCAs: pool})
            if err != nil { os.Exit(1) }
            c.Write([]byte("GET / HTTP/1.0\r\n\r\n"))
            if n, _ := c.Read(make([]byte, 1)); n != 1 { os.Exit(1) }
        }
        """;

    private const string NodeCaller = """
        const fs = require('fs');
        require('https').get({ host: 'localhost', port: process.argv[2], ca: fs.readFileSync('ca.crt'),
            cert: fs.readFileSync('c1_client.crt'), key: fs.readFileSync('c1_client.key'), agent: false }, answer => answer.resume());
        """;

    private const string NginxSettings = """
        pid nginx.pid; error_log stderr; events { }
        http { server { listen 127.0.0.1:PORT ssl; ssl_certificate bob_server.crt; ssl_certificate_key bob_server.key;
            ssl_client_certificate ca.crt; ssl_verify_client on; } }
        """;

    /// <summary>The stacks, what must be installed, what is done once before, and what is done for each connection; <c>$2</c> is the server's port.</summary>
    private static readonly (string Stack, string Program, string Before, string Each)[] s_stacks =
    [
        ("openssl", "openssl", "", "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect localhost:$2 -CAfile ca.crt -cert c1_client.crt -key c1_client.key -verify_return_error"),
        ("curl", "curl", "", "curl -sS --cacert ca.crt --cert c1_client.crt --key c1_client.key https://localhost:$2/"),
        ("node", "node", "", "node call.js $2"),
        ("java", "javac", "javac Call.java", "java Call $2"),
        ("go", "go", "go build -o call call.go", "./call $2"),
        ("nginx", "nginx", "", "nginx -p . -c nginx.conf -e stderr; nginx -p . -c nginx.conf -e stderr -s quit; while [ -e nginx.pid ]; do sleep 0.001; done"),
    ];

    /// <summary>Measures, for the programs that are there.</summary>
    public IEnumerable<Comparison> Measure()
    {
        string scenario = place.Scenario("stacks.yaml", Scenarios.Callers(Connections, "formats: [p12, truststore], "));
        string folder = place.Empty();
        ChildProcess.Output(folder, tool, "apply", scenario, "-d", ".", "-q");
        using var server = TlsServer.Start(folder, "bob_server");
        File.WriteAllText(Path.Combine(folder, "Call.java"), JavaCaller);
        File.WriteAllText(Path.Combine(folder, "call.go"), GoCaller);
        File.WriteAllText(Path.Combine(folder, "call.js"), NodeCaller);
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), NginxSettings.Replace("PORT", TlsServer.FreePort().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        foreach ((string stack, string program, string before, string each) in s_stacks.Where(stack => Peer.Finds(stack.Program)))
        {
            Shell(before);
            string loop = string.Create(CultureInfo.InvariantCulture, $"i=0; while [ $i -lt $1 ]; do {each}; i=$((i + 1)); done");
            yield return new Comparison($"`test --stack {stack}` of {Connections} connections", $"a process of {program.Replace("javac", "java", StringComparison.Ordinal)} each, one after the other", 0.6).Run(
                3, () => ChildProcess.Time(folder, tool, "test", scenario, "--stack", stack, "-q"), () => Shell(loop));
        }

        TimeSpan Shell(string script) => ChildProcess.Time(
            folder, "sh", "-euc", $"exec > /dev/null\n{script}", "stacks", Connections.ToString(CultureInfo.InvariantCulture), server.Port.ToString(CultureInfo.InvariantCulture));
    }
}
