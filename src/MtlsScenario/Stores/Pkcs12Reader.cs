using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MtlsScenario.Stores;

/// <summary>Opens PKCS#12 (RFC 7292), whoever wrote it. One instance opens one file.</summary>
internal sealed class Pkcs12Reader
{
    private const int DeepestSafe = 8;
    private const string NotOne = "it is no PKCS#12, or damaged";

    private static readonly Asn1Tag _explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag _implicit = new(TagClass.ContextSpecific, 0);

    private readonly WorkBudget _budget = new();
    private readonly ImmutableArray<StoredCertificate>.Builder _certificates = ImmutableArray.CreateBuilder<StoredCertificate>();
    private readonly ImmutableArray<StoredKey>.Builder _keys = ImmutableArray.CreateBuilder<StoredKey>();
    private readonly Password _password;
    private bool _isAuthentic;
    private bool _hasDecrypted;
    private int _others;

    private Pkcs12Reader(Password password) => _password = password;

    /// <summary>Opens a file.</summary>
    /// <param name="file">DER or BER.</param>
    /// <param name="password">The password.</param>
    /// <param name="content">What it holds; the caller disposes of it.</param>
    /// <returns>Why it was not opened, or null.</returns>
    public static StoreFault? TryOpen(ReadOnlyMemory<byte> file, Password password, [NotNullWhen(false)] out Pkcs12Content? content)
    {
        StoreFault? fault = new Pkcs12Reader(password).TryOpen(file, out content);
        if (fault is null or { Kind: StoreFaultKind.Unsupported } || password.Octets.Length > 0)
        {
            return fault;
        }

        // No password is written in two ways, and whoever has none cannot know which.
        using Password none = Password.None();
        return new Pkcs12Reader(none).TryOpen(file, out content) is null ? null : fault;
    }

    private StoreFault? TryOpen(ReadOnlyMemory<byte> file, out Pkcs12Content? content)
    {
        content = null;
        try
        {
            content = Open(file);
            return null;
        }
        catch (StoreFaultException exception)
        {
            return exception.Fault;
        }
        catch (AsnContentException)
        {
            return new StoreFault(StoreFaultKind.Damaged, NotOne);
        }
        finally
        {
            if (content is null)
            {
                new Pkcs12Content([], _keys.ToImmutable(), 0, null).Dispose();
            }
        }
    }

    private Pkcs12Content Open(ReadOnlyMemory<byte> file)
    {
        AsnReader outer = new(file, AsnEncodingRules.BER);
        AsnReader pfx = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (KeyDerivation.ReadCount(pfx) != 3)
        {
            throw new AsnContentException();
        }

        AsnReader info = pfx.ReadSequence();
        if (info.ReadObjectIdentifier() != StoreOids.Data)
        {
            throw new StoreFaultException(StoreFaultKind.Unsupported, "it is signed, and not protected by a password");
        }

        byte[] safes = info.ReadSequence(_explicit).ReadOctetString();
        Pkcs12Mac? mac = null;
        if (pfx.HasData)
        {
            mac = Pkcs12Mac.Read(pfx, out byte[] value);
            _budget.Spend(mac.Derivation);
            _isAuthentic = CryptographicOperations.FixedTimeEquals(mac.Compute(_password, safes), value);
        }

        pfx.ThrowIfNotEmpty();
        foreach (AsnReader safe in Elements(safes))
        {
            ReadSafe(safe);
        }

        return mac is null || _isAuthentic ? new Pkcs12Content(_certificates.ToImmutable(), _keys.ToImmutable(), _others, mac)
            : throw (_hasDecrypted ? new StoreFaultException(StoreFaultKind.Damaged, "it was changed, for its MAC is not that of its content") : WrongPassword());
    }

    /// <summary>ContentInfo of the AuthenticatedSafe.</summary>
    private void ReadSafe(AsnReader info)
    {
        string type = info.ReadObjectIdentifier();
        AsnReader content = info.ReadSequence(_explicit);
        switch (type)
        {
            case StoreOids.Data:
                ReadBags(content.ReadOctetString(), encryption: null, depth: 0);
                break;
            case StoreOids.EncryptedData:
                AsnReader data = content.ReadSequence();
                data.ReadInteger();
                AsnReader encrypted = data.ReadSequence();
                encrypted.ReadObjectIdentifier();
                PasswordEncryption encryption = PasswordEncryption.Read(encrypted);
                Decrypt(encryption, encrypted.ReadOctetString(_implicit), plain => ReadBags(plain, encryption, depth: 0));
                break;
            default:
                throw new StoreFaultException(StoreFaultKind.Unsupported, "a part of it is encrypted for a public key");
        }
    }

    private void ReadBags(byte[] contents, PasswordEncryption? encryption, int depth)
    {
        foreach (AsnReader bag in Elements(contents))
        {
            string type = bag.ReadObjectIdentifier();
            AsnReader value = bag.ReadSequence(_explicit);
            StoredAttributes attributes = ReadAttributes(bag);
            switch (type)
            {
                case StoreOids.CertificateBag when value.ReadSequence() is var certificate && certificate.ReadObjectIdentifier() == StoreOids.X509Certificate:
                    _certificates.Add(new(certificate.ReadSequence(_explicit).ReadOctetString(), attributes, encryption));
                    break;
                case StoreOids.KeyBag:
                    _keys.Add(new(value.ReadEncodedValue().ToArray(), attributes, encryption));
                    break;
                case StoreOids.ShroudedKeyBag:
                    AsnReader shrouded = value.ReadSequence();
                    PasswordEncryption own = PasswordEncryption.Read(shrouded);
                    Decrypt(own, shrouded.ReadOctetString(), plain =>
                    {
                        new AsnReader(plain, AsnEncodingRules.BER).ReadSequence().ReadInteger();
                        _keys.Add(new(plain.ToArray(), attributes, own));
                    });
                    break;
                case StoreOids.SafeContentsBag when depth < DeepestSafe:
                    ReadBags(value.ReadEncodedValue().ToArray(), encryption, depth + 1);
                    break;
                default:
                    _others++;
                    break;
            }
        }
    }

    /// <summary>What was encrypted under another password has no padding or, by chance, no form.</summary>
    private void Decrypt(PasswordEncryption encryption, byte[] encrypted, Action<byte[]> read)
    {
        byte[] plain = [];
        try
        {
            plain = encryption.Decrypt(_password, encrypted, _budget);
            read(plain);
            _hasDecrypted = true;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            throw _isAuthentic ? new StoreFaultException(StoreFaultKind.Damaged, "what it encrypts is damaged") : WrongPassword();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static StoredAttributes ReadAttributes(AsnReader bag)
    {
        var attributes = new StoredAttributes(null, null, IsTrusted: false);
        for (AsnReader? set = bag.HasData ? bag.ReadSetOf(skipSortOrderValidation: true) : null; set is { HasData: true };)
        {
            AsnReader attribute = set.ReadSequence();
            string type = attribute.ReadObjectIdentifier();
            AsnReader values = attribute.ReadSetOf(skipSortOrderValidation: true);
            attributes = type switch
            {
                StoreOids.FriendlyName => attributes with { Alias = values.ReadCharacterString(UniversalTagNumber.BMPString) },
                StoreOids.LocalKeyId => attributes with { LocalKeyId = Convert.ToHexString(values.ReadOctetString()) },
                StoreOids.TrustedKeyUsage => attributes with { IsTrusted = true },
                _ => attributes,
            };
        }

        return attributes;
    }

    /// <summary>The sequences in a sequence that is all there is.</summary>
    private static IEnumerable<AsnReader> Elements(byte[] content)
    {
        var outer = new AsnReader(content, AsnEncodingRules.BER);
        AsnReader reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        while (reader.HasData)
        {
            yield return reader.ReadSequence();
        }
    }

    private static StoreFaultException WrongPassword() =>
        new(StoreFaultKind.WrongPassword, "it has another password (or was changed)");
}
