using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>Certificates of .NET's own making that read like those that are expected, and are others.</summary>
public sealed class DifferenceTests : IDisposable
{
    private readonly AppliedFolder _folder = new();
    private readonly X509Certificate2 _ca;
    private readonly ECDsa _key = ECDsa.Create();

    public DifferenceTests()
    {
        _folder.Apply(AmyBob.Scenario);
        _ca = X509Certificate2.CreateFromPemFile(_folder.At("ca.crt"), _folder.At("ca.key"));
        _key.ImportFromPem(File.ReadAllText(_folder.At("bob_server.key")));
    }

    public void Dispose()
    {
        _key.Dispose();
        _ca.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_string_type_of_a_subject_is_named() => Assert.Contains(
        "subject: /CN=localhost, CN a PrintableString -> CN a UTF8String", Reasons(UniversalTagNumber.PrintableString));

    [Fact]
    public void Criticality_is_named() => Assert.Contains(
        "basicConstraints: not critical, CA:FALSE -> critical, CA:FALSE",
        Reasons(extensions: new X509BasicConstraintsExtension(false, false, 0, critical: false)));

    [Fact]
    public void What_is_only_encoded_otherwise_is_shown_as_its_bytes() => Assert.Contains(
        "keyUsage: digitalSignature, encoded as 03020080 -> encoded as 03020780",
        Reasons(extensions: new X509Extension("2.5.29.15", [3, 2, 0, 0x80], critical: true)));

    [Fact]
    public void The_form_of_an_authorityKeyIdentifier_is_named()
    {
        string identifier = Convert.ToHexString(
            _ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifierBytes.Span);

        Assert.Contains(
            $"authorityKeyIdentifier: {identifier}; authorityCertIssuer directoryName:/CN=ca; "
            + $"authorityCertSerialNumber {new System.Numerics.BigInteger(_ca.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true)} -> {identifier}",
            Reasons(extensions: X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_ca, includeKeyIdentifier: true, includeIssuerAndSerial: true)));
    }

    [Fact]
    public void Names_in_another_order_are_shown_in_both()
    {
        var builder = new SubjectAlternativeNameBuilder();
        builder.AddDnsName("other.example");
        builder.AddDnsName("localhost");

        Assert.Contains("names: other.example, localhost -> localhost", Reasons(extensions: builder.Build()));
    }

    private string[] Reasons(UniversalTagNumber type = UniversalTagNumber.UTF8String, params X509Extension[] extensions)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.Add("2.5.4.3", "localhost", type);
        var request = new CertificateRequest(subject.Build(), _key, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using ECDsa signer = _ca.GetECDsaPrivateKey()!;
        using X509Certificate2 certificate = request.Create(
            _ca.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), _folder.Now, _folder.Now.AddDays(365), [1, 2, 3, 4, 5, 6, 7, 8]);
        File.WriteAllText(_folder.At("bob_server.crt"), certificate.ExportCertificatePem() + "\n");
        return [.. _folder.Compare(AmyBob.Scenario).Changes.Single(change => change.Stem == "bob_server").Reasons.Select(reason => reason.Text)];
    }
}
