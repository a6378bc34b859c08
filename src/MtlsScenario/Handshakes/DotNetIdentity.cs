using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>The artifacts of one end, loaded for .NET. It owns its certificates.</summary>
internal sealed class DotNetIdentity : IDisposable
{
    private readonly X509Certificate2 _leaf;

    private DotNetIdentity(
        X509Certificate2 leaf,
        ImmutableArray<X509Certificate2> intermediates,
        ImmutableArray<X509Certificate2> anchors,
        SslStreamCertificateContext context) =>
        (_leaf, Intermediates, Anchors, Context) = (leaf, intermediates, anchors, context);

    /// <summary>What is presented beside the leaf.</summary>
    public ImmutableArray<X509Certificate2> Intermediates { get; }

    /// <summary>The trust anchors.</summary>
    public ImmutableArray<X509Certificate2> Anchors { get; }

    /// <summary>Checks the other's path against CRLs; null where this end checks nothing.</summary>
    public RevocationChecker? Revocation { get; private init; }

    /// <summary>The certificate with its key, and what is presented with it; nothing is looked for elsewhere.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Loads the artifacts.</summary>
    /// <exception cref="NotSupportedException">.NET cannot use them as they are; the message says why.</exception>
    public static DotNetIdentity Load(EndArtifacts artifacts)
    {
        try
        {
            return LoadAll(artifacts);
        }
        catch (ArgumentException exception)
        {
            // The one complaint of CopyWithPrivateKey about arguments that were read without a fault.
            throw new NotSupportedException("the private key is not the certificate's", exception);
        }
        catch (CryptographicException exception)
        {
            throw new NotSupportedException($".NET cannot use this certificate with this key: {exception.GetBaseException().Message}", exception);
        }
    }

    /// <summary>Verifies the other end as this one is to.</summary>
    /// <param name="at">The instant of the verification; null for now.</param>
    public PeerVerifier Verifier(DateTimeOffset? at = null) => new(Anchors, at, Revocation);

    /// <summary>How this end is to verify the other: .NET's own way, with these trust anchors alone.</summary>
    public X509ChainPolicy ChainPolicy(DateTimeOffset? at)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(Anchors.ToArray());
        if (at is { } time)
        {
            policy.VerificationTime = time.UtcDateTime;
        }

        return policy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaf.Dispose();
        foreach (X509Certificate2 certificate in Intermediates.Concat(Anchors))
        {
            certificate.Dispose();
        }
    }

    private static DotNetIdentity LoadAll(EndArtifacts artifacts)
    {
        X509Certificate2 leaf = WithKey(artifacts.Chain[0].Span, artifacts.Key.Span);
        ImmutableArray<X509Certificate2> intermediates = [.. artifacts.Chain.Skip(1).Select(Load)];
        ImmutableArray<X509Certificate2> anchors = [.. artifacts.Anchors.Select(Load)];
        var context = SslStreamCertificateContext.Create(leaf, [.. intermediates], offline: true);
        var identity = new DotNetIdentity(leaf, intermediates, anchors, context) { Revocation = artifacts.Crls is { } crls ? RevocationChecker.Of(crls) : null };
        ImmutableArray<string> presented = [.. context.IntermediateCertificates.Select(Thumbprint)];
        ImmutableArray<string> wanted = [.. intermediates.Select(Thumbprint)];
        if (!presented.SequenceEqual(wanted))
        {
            identity.Dispose();
            throw new NotSupportedException(presented.Except(wanted).Any()
                ? ".NET would complete the chain from this machine's certificate store"
                : ".NET presents only certificates that form a chain, and these do not");
        }

        return identity;
    }

    private static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static X509Certificate2 Load(ReadOnlyMemory<byte> der) => X509CertificateLoader.LoadCertificate(der.Span);

    /// <summary>The certificate with its key, fit for TLS. The caller disposes of it.</summary>
    /// <exception cref="NotSupportedException">.NET has no keys of that kind.</exception>
    internal static X509Certificate2 WithKey(ReadOnlySpan<byte> der, ReadOnlySpan<byte> pkcs8)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        switch (certificate.GetKeyAlgorithm())
        {
            case Oids.RsaEncryption:
                using (var key = RSA.Create())
                {
                    key.ImportPkcs8PrivateKey(pkcs8, out _);
                    return ForTls(certificate.CopyWithPrivateKey(key));
                }

            case Oids.EcPublicKey:
                using (var key = ECDsa.Create())
                {
                    key.ImportPkcs8PrivateKey(pkcs8, out _);
                    return ForTls(certificate.CopyWithPrivateKey(key));
                }

            case Oids.MlDsa44 or Oids.MlDsa65 or Oids.MlDsa87 when MLDsa.IsSupported:
                return ForTls(WithPemKey(certificate, pkcs8));

            default:
                throw new NotSupportedException($".NET cannot use {AlgorithmName(certificate)} keys in TLS");
        }
    }

    /// <summary>The one way to such a key that .NET 10 does not call experimental.</summary>
    private static X509Certificate2 WithPemKey(X509Certificate2 certificate, ReadOnlySpan<byte> pkcs8)
    {
        char[] pem = PemEncoding.Write(Pem.PrivateKey, pkcs8);
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), pem);
        }
        finally
        {
            pem.AsSpan().Clear();
        }
    }

    /// <summary>Whether a key is not the certificate's, as far as .NET knows its kind.</summary>
    public static bool IsOfAnother(ReadOnlySpan<byte> der, ReadOnlySpan<byte> pkcs8)
    {
        try
        {
            WithKey(der, pkcs8).Dispose();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is NotSupportedException or CryptographicException)
        {
            return false;
        }
    }

    private static string AlgorithmName(X509Certificate2 certificate) =>
        KeyDescription.NameOf(certificate.GetKeyAlgorithm());

    /// <summary>Windows' TLS fails with a key that is only in memory (dotnet/runtime#23749).</summary>
    private static X509Certificate2 ForTls(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
