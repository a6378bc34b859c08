using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stores;

/// <summary>What <c>apply</c> makes is read by those for whom it is made.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReaderTests() : ProgramTest("readers")
{
    private const string Password = "-$(cor)rect 'horse'";

    private const string Scenario = """
        name: readers
        defaults: { key: ec-p256, formats: [p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes], password: { file: secret } }
        authorities:
          root: { subject: /CN=root }
          issuing: { subject: /CN=issuing, issuer: root }
          other: { subject: /CN=other }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: issuing, key: rsa-2048, trusts: [root, other] } }
          amy: { client: { subject: /CN=amy, issuer: issuing, trusts: [root, other] } }
          old: { client: { subject: /CN=old, issuer: issuing, trusts: [root], formats: [{ p12: { encryption: 3des } }, truststore] } }
          eve: { client: { subject: /CN=eve, issuer: issuing, key: ed25519, trusts: [root], formats: [p12, truststore, encrypted] } }
        """;

    private const string JavaReader = """
        import java.io.*; import java.security.*; import java.security.cert.*; import java.util.*; import javax.net.ssl.*;
        class Reader {
            public static void main(String[] names) throws Exception {
                char[] secret = new BufferedReader(new FileReader("secret")).readLine().toCharArray();
                for (String name : names) {
                    KeyStore keys = KeyStore.getInstance("JKS");
                    keys.load(new FileInputStream("certs/" + name + ".p12"), secret);
                    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
                    managers.init(keys, secret);
                    java.security.cert.Certificate[] chain = keys.getCertificateChain(name);
                    String said = name + " " + chain.length + " " + ((PrivateKey) keys.getKey(name, secret)).getAlgorithm();
                    for (char[] password : new char[][] { "changeit".toCharArray(), null }) {
                        KeyStore trust = KeyStore.getInstance("PKCS12");
                        trust.load(new FileInputStream("certs/" + name + ".trust.p12"), password);
                        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
                        factory.init(trust);
                        X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
                        X509Certificate[] presented = Arrays.copyOf(chain, chain.length, X509Certificate[].class);
                        if (name.endsWith("_server")) manager.checkServerTrusted(presented, "RSA"); else manager.checkClientTrusted(presented, "EC");
                        said += " " + manager.getAcceptedIssuers().length;
                    }
                    System.out.println(said);
                }
            }
        }
        """;

    private const string PythonReader = """
        import sys
        from cryptography.hazmat.primitives.serialization import pkcs12, pkcs7, load_pem_private_key, load_der_private_key
        secret = open("secret", "rb").readline().rstrip(b"\n")
        for name in sys.argv[1:]:
            key, own, others = pkcs12.load_key_and_certificates(open(f"certs/{name}.p12", "rb").read(), secret)
            anchors = pkcs12.load_pkcs12(open(f"certs/{name}.trust.p12", "rb").read(), b"changeit")
            print(name, own.subject.rfc4514_string(), getattr(key, "key_size", "Ed25519"), len(others), len(anchors.additional_certs))
        for name in sys.argv[1:3]:
            key = load_pem_private_key(open(f"certs/{name}.key", "rb").read(), None).private_numbers()
            assert load_pem_private_key(open(f"certs/{name}.encrypted.key", "rb").read(), secret).private_numbers() == key
            assert load_pem_private_key(open(f"certs/{name}.traditional.key", "rb").read(), None).private_numbers() == key
            assert load_pem_private_key(open(f"certs/{name}.pem", "rb").read(), None).private_numbers() == key
            assert load_der_private_key(open(f"certs/{name}.key.der", "rb").read(), None).private_numbers() == key
            assert len(pkcs7.load_pem_pkcs7_certificates(open(f"certs/{name}.p7b", "rb").read())) == 2
        """;

    private const string NodeReader = """
        const fs = require("fs"), tls = require("tls");
        const passphrase = fs.readFileSync("secret", "utf8").split("\n")[0];
        for (const name of process.argv.slice(2)) {
            tls.createSecureContext({ pfx: fs.readFileSync(`certs/${name}.p12`), passphrase });
            if (fs.existsSync(`certs/${name}.encrypted.key`))
                tls.createSecureContext({ key: fs.readFileSync(`certs/${name}.encrypted.key`), passphrase, cert: fs.readFileSync(`certs/${name}.chain.crt`) });
            console.log(name);
        }
        """;

    private const string GoReader = """
        package main

        import (
        	"bytes"
        	"crypto/tls"
        	"crypto/x509"
        	"encoding/pem"
        	"fmt"
        	"os"

        	old "golang.org/x/crypto/pkcs12"
        	"software.sslmate.com/src/go-pkcs12"
        )

        func must[T any](value T, err error) T {
        	if err != nil {
        		panic(err)
        	}
        	return value
        }

        func read(name string) []byte { return must(os.ReadFile("certs/" + name)) }

        func der(name string) []byte {
        	block, _ := pem.Decode(read(name))
        	return block.Bytes
        }

        func main() {
        	secret := string(bytes.SplitN(must(os.ReadFile("secret")), []byte("\n"), 2)[0])
        	for _, name := range os.Args[1:] {
        		key, own, others, err := pkcs12.DecodeChain(read(name+".p12"), secret)
        		if err != nil {
        			panic(err)
        		}
        		anchors := must(pkcs12.DecodeTrustStore(read(name+".trust.p12"), "changeit"))
        		fmt.Printf("%s %T %s %d %d", name, key, own.Subject, len(others), len(anchors))
        		if _, err := os.Stat("certs/" + name + ".pem"); err == nil {
        			pair := must(tls.LoadX509KeyPair("certs/"+name+".pem", "certs/"+name+".pem"))
        			fmt.Print(" ", len(pair.Certificate), bytes.Equal(der(name+".key"), read(name+".key.der")), bytes.Equal(own.Raw, read(name+".crt.der")))
        			must(x509.ParsePKCS8PrivateKey(read(name + ".key.der")))
        			if _, err := x509.ParsePKCS1PrivateKey(der(name + ".traditional.key")); err != nil {
        				must(x509.ParseECPrivateKey(der(name + ".traditional.key")))
        			}
        		}
        		if blocks, err := old.ToPEM(read(name+".p12"), secret); err == nil {
        			fmt.Print(" x/crypto ", len(blocks))
        		}
        		fmt.Println()
        	}
        }
        """;

    private static readonly string[] _names = ["bob_server", "amy_client", "old_client", "eve_client"];

    [Fact]
    public async Task Java_reads_key_stores_and_trust_stores_with_their_password_and_with_none()
    {
        await ApplyAsync();
        File.WriteAllText(At("Reader.java"), JavaReader);

        Assert.Equal("bob_server 2 RSA 2 2\namy_client 2 EC 2 2\nold_client 2 EC 1 1\neve_client 2 EdDSA 1 1\n", await ReadAsync("java", ["Reader.java", .. _names]));
    }

    [Fact]
    public async Task Python_reads_all()
    {
        await ApplyAsync();
        File.WriteAllText(At("reader.py"), PythonReader);

        Assert.Equal(
            "bob_server CN=localhost 2048 1 2\namy_client CN=amy 256 1 2\nold_client CN=old 256 1 1\neve_client CN=eve Ed25519 1 1\n",
            await ReadAsync("python3", ["reader.py", .. _names]));
    }

    [Fact]
    public async Task Node_and_curl_read_key_stores()
    {
        await ApplyAsync();
        File.WriteAllText(At("reader.js"), NodeReader);

        Assert.Equal(string.Concat(_names.Select(name => $"{name}\n")), await ReadAsync("node", ["reader.js", .. _names]));
        foreach (string name in _names)
        {
            // Nobody listens there: curl loads what it is given before it calls.
            BufferedCommandResult call = await RunAsync("curl", "--cert-type", "P12", "--cert", $"certs/{name}.p12:{Password}", "https://127.0.0.1:1/");
            Assert.Equal(7, call.ExitCode);
        }
    }

    [Fact]
    public async Task Gnutls_and_nss_read_them()
    {
        await ApplyAsync();
        await ReadAsync("certutil", ["-N", "-d", "sql:.", "--empty-password"]);
        foreach (string name in _names)
        {
            string gnutls = await ReadAsync("certtool", ["--p12-info", "--inder", "--password", Password, "--infile", $"certs/{name}.p12"]);
            Assert.Equal(2, gnutls.Split("BEGIN CERTIFICATE").Length - 1);
            string anchors = await ReadAsync("certtool", ["--p12-info", "--inder", "--password", "changeit", "--infile", $"certs/{name}.trust.p12"]);
            Assert.Contains("Friendly name: root\n", anchors, StringComparison.Ordinal);
            await ReadAsync("pk12util", ["-l", $"certs/{name}.p12", "-w", "secret", "-d", "sql:."]);
        }
    }

    [Fact]
    public async Task Dotnet_reads_all_but_Ed25519_keys()
    {
        await ApplyAsync();
        foreach (string name in _names[..3])
        {
            using X509Certificate2 own = X509CertificateLoader.LoadPkcs12FromFile(At($"certs/{name}.p12"), Password);
            Assert.True(own.HasPrivateKey);
            Assert.Equal(name == "old_client" ? 1 : 2, X509CertificateLoader.LoadPkcs12CollectionFromFile(At($"certs/{name}.trust.p12"), "changeit").Count);
        }

        using var pair = X509Certificate2.CreateFromEncryptedPemFile(At("certs/bob_server.crt"), Password, At("certs/bob_server.encrypted.key"));
        Assert.True(pair.HasPrivateKey);
    }

    /// <summary>Debian's packages of go-pkcs12 and x/crypto, which opens what is encrypted for old readers alone.</summary>
    [Fact]
    public async Task Go_reads_all()
    {
        const string packages = "/usr/share/gocode";
        Needs.That(Directory.Exists($"{packages}/src/software.sslmate.com"), "Go's PKCS#12 (golang-sslmate-src-go-pkcs12-dev)");
        await ApplyAsync();
        File.WriteAllText(At("reader.go"), GoReader);

        Assert.Equal(
            "bob_server *rsa.PrivateKey CN=localhost 1 2 2 true true\namy_client *ecdsa.PrivateKey CN=amy 1 2 2 true true\n"
            + "old_client *ecdsa.PrivateKey CN=old 1 1 x/crypto 3\neve_client ed25519.PrivateKey CN=eve 1 1\n",
            await ReadAsync("env", ["GO111MODULE=off", $"GOPATH={packages}", Needs.Program("go"), "run", "reader.go", .. _names]));
    }

    [Theory]
    [InlineData("1.1.1")]
    [InlineData(OpenSslPrograms.Installed)]
    [InlineData("3.5")]
    [InlineData("3.6")]
    public async Task Openssl_reads_all(string version)
    {
        string openssl = OpenSslPrograms.Needed(version);
        await ApplyAsync();
        foreach (string name in _names)
        {
            string identity = await ReadAsync(openssl, ["pkcs12", "-in", $"certs/{name}.p12", "-passin", "file:secret", "-nodes"]);
            Assert.Equal((2, 1), (identity.Split("BEGIN CERTIFICATE").Length - 1, identity.Split("BEGIN PRIVATE KEY").Length - 1));
            Assert.Contains($"friendlyName: {name}\n", identity, StringComparison.Ordinal);
            Assert.Contains("friendlyName: root\n", await ReadAsync(openssl, ["pkcs12", "-in", $"certs/{name}.trust.p12", "-passin", "pass:changeit", "-nokeys"]), StringComparison.Ordinal);
        }

        foreach (string name in _names[..2])
        {
            string key = await ReadAsync(openssl, ["pkey", "-in", $"certs/{name}.key"]);
            string[][] keys = [["-in", $"certs/{name}.pem"], ["-in", $"certs/{name}.key.der", "-inform", "DER"], ["-in", $"certs/{name}.traditional.key"], ["-in", $"certs/{name}.encrypted.key", "-passin", "file:secret"]];
            foreach (string[] other in keys)
            {
                Assert.Equal(key, await ReadAsync(openssl, ["pkey", .. other]));
            }

            Assert.Equal(await ReadAsync(openssl, ["x509", "-in", $"certs/{name}.crt"]), await ReadAsync(openssl, ["x509", "-in", $"certs/{name}.crt.der", "-inform", "DER"]));
            Assert.Equal(2, (await ReadAsync(openssl, ["pkcs7", "-in", $"certs/{name}.p7b", "-print_certs"])).Split("BEGIN CERTIFICATE").Length - 1);
        }
    }

    [Fact]
    public async Task Keytool_lists_them()
    {
        await ApplyAsync();
        foreach (string name in _names)
        {
            Assert.Contains($"{name}, ", await ReadAsync("keytool", ["-list", "-keystore", $"certs/{name}.p12", "-storepass:file", "secret"]), StringComparison.Ordinal);
            Assert.Contains("trustedCertEntry", await ReadAsync("keytool", ["-list", "-keystore", $"certs/{name}.trust.p12", "-storepass", "changeit"]), StringComparison.Ordinal);
        }
    }

    private async Task ApplyAsync()
    {
        File.WriteAllText(At("readers.yaml"), Scenario);
        File.WriteAllText(At("secret"), Password + "\n");
        await ReadAsync(_tool, ["apply", "readers.yaml", "-d", "certs"]);
    }

    private async Task<string> ReadAsync(string program, string[] arguments)
    {
        BufferedCommandResult run = await RunAsync(program, arguments);
        Assert.True(run.ExitCode == 0, $"{program}: {run.StandardError}{run.StandardOutput}");
        return run.StandardOutput;
    }
}
