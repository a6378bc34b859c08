using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Benchmarks;

/// <summary>
/// What a handshake costs on this platform when nobody asks who it was: pairs of <see cref="SslStream"/> whose certificates are
/// loaded once, each end with a custom-root chain policy, nothing resumed, and a byte each way.
/// </summary>
internal sealed class BareHandshakes : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly SslStreamCertificateContext _client;
    private readonly SslStreamCertificateContext _server;

    /// <summary>Makes a root and two certificates below it, with keys on P-256.</summary>
    public BareHandshakes()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        (_client, _server) = (Leaf("client", "1.3.6.1.5.5.7.3.2"), Leaf("localhost", "1.3.6.1.5.5.7.3.1"));

        SslStreamCertificateContext Leaf(string name, string purpose)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 certificate = request.Create(_root, now.AddDays(-1), now.AddDays(20), [1, (byte)name.Length]);
            return SslStreamCertificateContext.Create(certificate.CopyWithPrivateKey(key), [], offline: true);
        }
    }

    /// <summary>The time of that many, half of them with TLS 1.2, on all cores.</summary>
    public TimeSpan Time(int count) => Comparison.Time(() =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), async (index, _) => await PlayAsync(index % 2 == 0 ? SslProtocols.Tls12 : SslProtocols.Tls13).ConfigureAwait(false)).GetAwaiter().GetResult());

    /// <inheritdoc/>
    public void Dispose()
    {
        _root.Dispose();
        _client.TargetCertificate.Dispose();
        _server.TargetCertificate.Dispose();
    }

    private async Task PlayAsync(SslProtocols version)
    {
        (DuplexStream near, DuplexStream far) = DuplexStream.Pair();
        await Task.WhenAll(ServeAsync(new SslStream(far), version), CallAsync(new SslStream(near), version)).ConfigureAwait(false);
    }

    private async Task ServeAsync(SslStream stream, SslProtocols version)
    {
        await using (stream.ConfigureAwait(false))
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _server,
                ClientCertificateRequired = true,
                EnabledSslProtocols = version,
                CertificateChainPolicy = Policy(),
                AllowTlsResume = false,
            }).ConfigureAwait(false);
            await AnswerAsync(stream).ConfigureAwait(false);
        }
    }

    private async Task CallAsync(SslStream stream, SslProtocols version)
    {
        await using (stream.ConfigureAwait(false))
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificateContext = _client,
                EnabledSslProtocols = version,
                CertificateChainPolicy = Policy(),
                AllowTlsResume = false,
            }).ConfigureAwait(false);
            await stream.WriteAsync(new byte[1]).ConfigureAwait(false);
            if (await stream.ReadAsync(new byte[1]).ConfigureAwait(false) != 1)
            {
                throw new IOException("no answer");
            }
        }
    }

    private static async Task AnswerAsync(SslStream stream)
    {
        if (await stream.ReadAsync(new byte[1]).ConfigureAwait(false) != 1)
        {
            throw new IOException("no request");
        }

        await stream.WriteAsync(new byte[1]).ConfigureAwait(false);
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(_root);
        return policy;
    }
}
