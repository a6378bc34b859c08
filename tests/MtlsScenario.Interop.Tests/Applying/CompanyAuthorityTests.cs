using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Importing;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>openssl as the CA of a company, with an intermediate: requests go there, and certificates come back.</summary>
public sealed class CompanyAuthorityTests : IDisposable
{
    private const string Bob = "bob_server.chain.crt bob_server.key root.crt";
    private const string Amy = "amy_client.chain.crt amy_client.key root.crt";

    private readonly ToolFolder _folder = new();

    public CompanyAuthorityTests()
    {
        Directory.CreateDirectory(_folder.At("company"));
        Directory.CreateDirectory(_folder.At("shop"));
        _folder.Write("shop.yaml", """
            name: shop
            defaults: { key: ec-p256 }
            authorities:
              root: { external: true }
              issuing: { external: true, issuer: root }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: issuing } }
              amy: { client: { subject: /CN=amy, issuer: issuing } }
            connections: [amy -> bob]
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task From_nothing_to_a_connection_with_only_the_files_that_were_handed_over()
    {
        await FoundAsync("shop");
        string asked = await _folder.RunToolAsync("apply", "shop.yaml");
        Assert.Contains("send bob_server.csr to issuing, and put its certificate there as bob_server.crt", asked, StringComparison.Ordinal);
        await SignAsync("shop", "bob_server");
        await SignAsync("shop", "amy_client");
        await _folder.RunToolAsync("apply", "shop.yaml");

        await NginxCall.GetThroughAsync(_folder.At("shop"), Bob, Amy);
        await _folder.RunToolAsync("plan", "shop.yaml", "--check");
        await _folder.RunToolAsync("test", "shop.yaml");
    }

    [Fact]
    public async Task So_does_the_script_and_each_with_its_own()
    {
        await _folder.RunToolAsync("script", "shop.yaml", "-o", "all.sh");
        await FoundAsync("shop");
        BufferedCommandResult waits = await Shell.RunAsync(_folder.Root, "sh all.sh shop");
        Assert.Equal((3, "waiting for bob_server.crt from issuing, which is to sign bob_server.csr; when it is there, run this again\n"), (waits.ExitCode, waits.StandardError));
        await SignAsync("shop", "bob_server");
        await SignAsync("shop", "amy_client");
        await Shell.SucceedAsync(_folder.Root, "sh all.sh shop");
        await _folder.RunToolAsync("plan", "shop.yaml", "--check");
        await NginxCall.GetThroughAsync(_folder.At("shop"), Bob, Amy);

        foreach ((string party, string stem) in new[] { ("bob", "bob_server"), ("amy", "amy_client") })
        {
            await _folder.RunToolAsync("script", "shop.yaml", "--for", party, "-o", $"{party}.sh");
            await FoundAsync(party);
            BufferedCommandResult part = await Shell.RunAsync(_folder.Root, $"sh {party}.sh {party}");
            Assert.Equal((3, $"waiting for {stem}.crt from issuing; when it is there, run this again\n"), (part.ExitCode, part.StandardError));
            await SignAsync(party, stem);
            await Shell.SucceedAsync(_folder.Root, $"sh {party}.sh {party}");
        }

        Assert.False(File.Exists(_folder.At("bob/amy_client.key")));
        await NginxCall.GetThroughAsync(_folder.Root, $"bob/{Bob}".Replace(" ", " bob/", StringComparison.Ordinal), $"amy/{Amy}".Replace(" ", " amy/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_arrives_by_mail_as_a_p12_is_provided_and_its_intermediates_are_presented()
    {
        _folder.Write("mail.yaml", """
            name: mail
            authorities:
              root: { external: true }
            parties:
              bob: { server: { external: true, trusts: [root] } }
              amy: { client: { external: true, subject: /CN=amy, trusts: [root] } }
            connections: [amy -> bob]
            """);
        await FoundAsync("shop");
        await _folder.RunToolAsync("apply", "shop.yaml");
        Directory.CreateDirectory(_folder.At("mail"));
        await Shell.SucceedAsync(_folder.Root, "cp company/root.crt mail");
        foreach (string stem in new[] { "bob_server", "amy_client" })
        {
            await SignAsync("shop", stem);
            await Shell.SucceedAsync(_folder.Root, $"""
                set -e
                openssl pkcs12 -export -inkey shop/{stem}.key -in shop/{stem}.crt -certfile company/issuing.crt -passout pass:secret -out {stem}.p12
                umask 077
                openssl pkcs12 -in {stem}.p12 -passin pass:secret -nocerts -nodes -out mail/{stem}.key
                openssl pkcs12 -in {stem}.p12 -passin pass:secret -nokeys -clcerts -out mail/{stem}.crt
                openssl pkcs12 -in {stem}.p12 -passin pass:secret -nokeys -out mail/{stem}.chain.crt
                """);
        }

        await _folder.RunToolAsync("apply", "mail.yaml");

        Assert.Empty(Directory.GetFiles(_folder.At("mail"), "*.csr"));
        await _folder.RunToolAsync("plan", "mail.yaml", "--check");
        await _folder.RunToolAsync("test", "mail.yaml");
        await NginxCall.GetThroughAsync(_folder.At("mail"), Bob, Amy);
    }

    /// <summary>The company has a CA, and hands over what everybody may have.</summary>
    private Task<string> FoundAsync(string folder) => Shell.SucceedAsync(_folder.Root, $"""
        set -e
        cd company
        [ -e root.crt ] || openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.crt -subj /O=Company/CN=root -days 3650
        if ! [ -e issuing.crt ]; then
            openssl req -new -newkey rsa:2048 -nodes -keyout issuing.key -out issuing.csr -subj /O=Company/CN=issuing
            printf '%s\n' basicConstraints=critical,CA:TRUE,pathlen:0 keyUsage=critical,keyCertSign,cRLSign subjectKeyIdentifier=hash authorityKeyIdentifier=keyid >extensions
            openssl x509 -req -in issuing.csr -CA root.crt -CAkey root.key -set_serial 0x1234 -days 1825 -extfile extensions -out issuing.crt
        fi
        mkdir -p '../{folder}'
        cp root.crt issuing.crt '../{folder}'
        """);

    /// <summary>The request goes to the company, and nothing but a certificate comes back.</summary>
    private Task<string> SignAsync(string folder, string stem) => Shell.SucceedAsync(_folder.At("company"), $"""
        openssl x509 -req -in '../{folder}/{stem}.csr' -CA issuing.crt -CAkey issuing.key -set_serial "0x1$(openssl rand -hex 8)" -days 90 -copy_extensions copyall -out '../{folder}/{stem}.crt'
        """);
}
