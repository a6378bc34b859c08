namespace MtlsScenario.Configs;

/// <summary>The class of a C# program that checks CRLs, for .NET takes none from memory or from a file.</summary>
internal static class CSharpRevocation
{
    /// <summary>What a callback's <c>chain</c> and <c>errors</c> must be: verified, with an anchor on the path, and nothing below it revoked.</summary>
    public const string IsGood = "errors == SslPolicyErrors.None && Revocation.IsGood(chain!, anchors)";

    /// <summary>Declares the class <c>Revocation</c>; nothing where no CRLs are checked.</summary>
    public static string Of(EndFiles files) => files.Crls is null
        ? ""
        : $$"""

            /// <summary>Whether each certificate below the trust anchor has an issuer whose CRL is there, valid and signed by it, and is not on it.</summary>
            static class Revocation
            {
                public static bool IsGood(X509Chain chain, X509Certificate2Collection anchors)
                {
                    try
                    {
                        // Read each time: a CRL that is renewed counts at once.
                        List<byte[]> crls = [];
                        string pem = File.ReadAllText({{CSharpLiteral.Of(files.Crls)}});
                        for (int start = 0; PemEncoding.TryFind(pem.AsSpan(start), out PemFields found); start += found.Location.End.Value)
                        {
                            crls.Add(Convert.FromBase64String(pem[start..][found.Base64Data]));
                        }

                        X509Certificate2[] path = [.. chain.ChainElements.Select(element => element.Certificate)];
                        int end = Array.FindIndex(path, certificate => anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)));
                        return end > 0 && path.Take(end).Zip(path.Skip(1)).All(pair =>
                        {
                            bool[] said = [.. crls.Select(crl => Lists(crl, pair.First, pair.Second)).OfType<bool>()];
                            return said.Length > 0 && !said.Contains(true);
                        });
                    }
                    catch (Exception exception) when (exception is AsnContentException or CryptographicException or FormatException or IOException)
                    {
                        return false;
                    }
                }

                // Whether a CRL lists a certificate; null where it is not its issuer's, is not valid now, or says what is not understood here.
                private static bool? Lists(byte[] der, X509Certificate2 certificate, X509Certificate2 issuer)
                {
                    AsnReader crl = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
                    byte[] signed = crl.PeekEncodedValue().ToArray();
                    AsnReader list = crl.ReadSequence();
                    if (list.PeekTag() == Asn1Tag.Integer)
                    {
                        list.ReadInteger();
                    }

                    string algorithm = list.ReadSequence().ReadObjectIdentifier();
                    if (!list.ReadEncodedValue().Span.SequenceEqual(issuer.SubjectName.RawData)
                        || crl.ReadSequence().ReadObjectIdentifier() != algorithm
                        || !IsSigned(issuer, algorithm, signed, crl.ReadBitString(out _))
                        || Time(list) > DateTimeOffset.UtcNow
                        || (list.HasData && list.PeekTag() is { TagClass: TagClass.Universal, TagValue: 23 or 24 } && Time(list) <= DateTimeOffset.UtcNow))
                    {
                        return null;
                    }

                    bool isListed = false;
                    if (list.HasData && list.PeekTag() == Asn1Tag.Sequence)
                    {
                        for (AsnReader entries = list.ReadSequence(); entries.HasData;)
                        {
                            AsnReader entry = entries.ReadSequence();
                            isListed |= entry.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span);
                            Time(entry);
                            if (entry.HasData && HasCritical(entry.ReadSequence()))
                            {
                                return null;
                            }
                        }
                    }

                    return list.HasData && HasCritical(list.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence()) ? null : isListed;
                }

                private static bool IsSigned(X509Certificate2 issuer, string algorithm, byte[] signed, byte[] signature)
                {
                    HashAlgorithmName hash = algorithm switch
                    {
                        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
                        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
                        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
                        _ => throw new CryptographicException(),
                    };
                    using RSA? rsa = issuer.GetRSAPublicKey();
                    using ECDsa? elliptic = issuer.GetECDsaPublicKey();
                    return issuer.Extensions.OfType<X509KeyUsageExtension>().All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign))
                        && (rsa?.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1)
                            ?? elliptic?.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence) ?? false);
                }

                private static DateTimeOffset Time(AsnReader reader) =>
                    reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

                private static bool HasCritical(AsnReader extensions)
                {
                    bool found = false;
                    while (extensions.HasData)
                    {
                        AsnReader extension = extensions.ReadSequence();
                        extension.ReadObjectIdentifier();
                        found |= extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
                    }

                    return found;
                }
            }

            """.ReplaceLineEndings("\n");
}
