using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Faults;

/// <summary>
/// Makes faulty certificates in memory, each just like the party's own but for one fault. New keys are made once, and only
/// where they are needed; a certificate below a faulty authority has a new authority above it, for whoever knows the good one
/// would otherwise find the way over that.
/// </summary>
/// <param name="material">What they are made from; it stays the caller's.</param>
/// <param name="now">The moment of issuance, UTC.</param>
internal sealed class FaultForge(FaultMaterial material, DateTimeOffset now) : IDisposable
{
    private readonly List<PrivateKey> _keys = [];
    private readonly List<byte[]> _exported = [];
    private readonly Dictionary<string, byte[]> _once = new(StringComparer.Ordinal);
    private PrivateKey? _other;
    private PrivateKey? _otherAuthority;

    /// <summary>What the party presents, as it is.</summary>
    public Forged.Identity Good => new(material.Chain, Export(material.Key));

    /// <summary>The party's certificate.</summary>
    public CertificateParts Leaf { get; } = CertificateParts.Of(Parse(material.Chain[0]));

    /// <summary>What faulty certificates are made from.</summary>
    public FaultMaterial Material => material;

    /// <summary>The moment of issuance, UTC.</summary>
    public DateTimeOffset Now => now;

    /// <summary>A key that is not the party's, of the same kind.</summary>
    public PrivateKey OtherKey => _other ??= Keep(PrivateKey.Generate(material.Key.Algorithm));

    /// <summary>A key that is no authority's, of the kind of the one above the party.</summary>
    public PrivateKey OtherAuthorityKey => _otherAuthority ??= Keep(PrivateKey.Generate(
        material.Issuers is [var nearest, ..] && nearest.Certificate.KeyDescription.Algorithm is { } kind ? kind : material.Key.Algorithm));

    /// <summary>Makes a URL from which nobody has fetched yet; null where whoever fetches would not be seen.</summary>
    public Func<string>? NextUrl { get; init; }

    /// <summary>What stands behind the leaf.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Rest => material.Chain[1..];

    /// <summary>The private key as it is handed over; it is wiped with the forge.</summary>
    public ReadOnlyMemory<byte> Export(PrivateKey key)
    {
        byte[] pkcs8 = key.ExportPkcs8();
        _exported.Add(pkcs8);
        return pkcs8;
    }

    /// <summary>The private key as it is handed over; it is wiped with the forge.</summary>
    public ReadOnlyMemory<byte> Own(byte[] pkcs8)
    {
        _exported.Add(pkcs8);
        return pkcs8;
    }

    /// <summary>No certificate at all.</summary>
    public static Forged.Identity Nothing { get; } = new([], ReadOnlyMemory<byte>.Empty);

    /// <summary>The good certificate, proved by another key.</summary>
    public Forged WithoutProof() => new Forged.Identity(material.Chain, Export(OtherKey));

    /// <summary>The party's certificate with a fault, signed by its own authority.</summary>
    public Forged OfLeaf(Func<CertificateParts, CertificateParts> edit) =>
        OfLeaf(edit(Leaf), static (parts, signer) => parts.SignedBy(signer));

    /// <summary>The party's certificate, good until then and no longer.</summary>
    public Forged ShortLived(DateTimeOffset until) => OfLeaf(leaf => leaf with { Validity = (leaf.Validity.From, until) });

    /// <summary>The party's certificate with a digest that is broken.</summary>
    public Forged OfLeaf(HashAlgorithmName hash) => OfLeaf(Leaf, (parts, signer) => parts.WeaklySignedBy(signer, hash));

    /// <summary>The chain with another leaf, for which the party's own key signs.</summary>
    public Forged.Identity Present(ReadOnlyMemory<byte> leaf, params ImmutableArray<ReadOnlyMemory<byte>> rest) =>
        new([leaf, .. rest], Export(material.Key));

    /// <summary>A certificate that a stranger's authority signed.</summary>
    /// <param name="name">What the authority is called; null for its true name.</param>
    /// <param name="edit">Changes the certificate when it stands below that authority.</param>
    public Forged ByStranger(string? name, Func<CertificateParts, CertificateParts>? edit = null)
    {
        if (Issuer is not { } issuer)
        {
            return new Forged.NotTried("the certificate of the authority above is not here");
        }

        CertificateParts authority = CertificateParts.Of(issuer.Certificate);
        authority = authority with { Subject = name is null ? authority.Subject : Name(name) };
        authority = (authority with { Issuer = authority.Subject }).WithKey(OtherAuthorityKey.SubjectPublicKeyInfo).Without(Oids.AuthorityKeyIdentifier);
        CertificateParts leaf = Leaf.Below(authority);
        return Present((edit?.Invoke(leaf) ?? leaf).SignedBy(OtherAuthorityKey), Once("stranger " + name, () => authority.SignedBy(OtherAuthorityKey)));
    }

    /// <summary>The party's certificate below new authorities, of which the last has a fault.</summary>
    /// <param name="edit">Makes the fault in the authority.</param>
    /// <param name="above">Changes the authorities above it, one each; none for no more of them.</param>
    /// <param name="leaf">Changes the certificate.</param>
    /// <param name="isSent">Whether the new authorities are sent too.</param>
    public Forged BelowAuthority(
        Func<CertificateParts, CertificateParts> edit,
        ImmutableArray<Func<CertificateParts, CertificateParts>> above = default,
        Func<CertificateParts, CertificateParts>? leaf = null,
        bool isSent = true)
    {
        ImmutableArray<Func<CertificateParts, CertificateParts>> edits = [.. above.IsDefault ? [] : above, edit];
        if (FindSigner(edits.Length, out FaultIssuer? signer, out int index) is { } why)
        {
            return new Forged.NotTried(why);
        }

        var chain = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        CertificateParts upper = CertificateParts.Of(signer!.Certificate);
        PrivateKey signing = signer.Key!;
        foreach ((int number, Func<CertificateParts, CertificateParts> change) in edits.Index())
        {
            CertificateParts authority = change(NewAuthority(upper, $"Sub-CA {number + 1}"));
            chain.Insert(0, authority.SignedBy(signing));
            (upper, signing) = (authority, OtherAuthorityKey);
        }

        CertificateParts below = Leaf.Below(upper);
        byte[] signed = (leaf?.Invoke(below) ?? below).SignedBy(OtherAuthorityKey);
        IEnumerable<ReadOnlyMemory<byte>> known = material.Chain.Skip(1 + index);
        return isSent ? Present(signed, [.. chain, .. known]) : Present(signed);
    }

    /// <summary>A certificate that nobody knows, signed by its own key.</summary>
    public byte[] Stray() => Once("stray", () =>
    {
        CertificateParts parts = Leaf.WithKey(OtherKey.SubjectPublicKeyInfo).Without(Oids.AuthorityKeyIdentifier);
        return (parts with { Issuer = parts.Subject }).SignedBy(OtherKey);
    });

    /// <summary>A Name with that common name alone, DER.</summary>
    public static byte[] Name(string commonName) => NameEncoder.Encode(
        new DistinguishedName([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, commonName)])]));

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.ForEach(key => key.Dispose());
        _exported.ForEach(key => CryptographicOperations.ZeroMemory(key));
    }

    private FaultIssuer? Issuer => material.Issuers is [var nearest, ..] ? nearest : null;

    private Forged OfLeaf(CertificateParts parts, Func<CertificateParts, PrivateKey, byte[]?> sign) => Issuer switch
    {
        null => new Forged.NotTried("the certificate of the authority above is not here"),
        { Key: null } issuer => new Forged.NotTried($"the key of {issuer.Name} is not here"),
        { Key: { } key } => sign(parts, key) is { } signed
            ? Present(signed, Rest)
            : new Forged.DoesNotApply("its authority's key does not sign with that digest"),
    };

    /// <summary>The nearest authority that may have that many below it, and how far up it is; or why there is none.</summary>
    private string? FindSigner(int count, out FaultIssuer? signer, out int index)
    {
        for (index = 0; index < material.Issuers.Length; index++)
        {
            signer = material.Issuers[index];
            if (signer.Key is not null && material.Issuers.Skip(index).Index().All(above => MayHave(above.Item, above.Index + count)))
            {
                return null;
            }
        }

        (signer, index) = (null, 0);
        return material.Issuers.FirstOrDefault(issuer => issuer.Key is null) is { } missing
            ? $"the key of {missing.Name} is not here"
            : "no authority here may have another below it";
    }

    private static bool MayHave(FaultIssuer issuer, int authorities) =>
        PathLength(issuer.Certificate) is not { } length || length >= authorities;

    private static int? PathLength(ParsedCertificate certificate)
    {
        if (certificate.Find(Oids.BasicConstraints) is not { } found)
        {
            return null;
        }

        AsnReader constraints = new AsnReader(found.Value, AsnEncodingRules.BER).ReadSequence();
        if (constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
        {
            constraints.ReadBoolean();
        }

        return constraints.HasData && constraints.TryReadInt32(out int length) ? length : null;
    }

    private CertificateParts NewAuthority(CertificateParts upper, string name)
    {
        var parts = new CertificateParts
        {
            Version = 3,
            Issuer = upper.Subject,
            Validity = (Leaf.Validity.From, Leaf.Validity.Until),
            Subject = Name(name),
            Key = OtherAuthorityKey.SubjectPublicKeyInfo,
            Extensions = [],
            Digest = upper.Digest,
        };
        parts = parts
            .With(new PlannedExtension.BasicConstraints(isCa: true, pathLength: null))
            .With(new PlannedExtension.KeyUsage(KeyUsages.KeyCertSign | KeyUsages.CrlSign))
            .With(new PlannedExtension.SubjectKeyIdentifier());
        return upper.KeyIdentifier is { } identifier ? parts.With(new PlannedExtension.AuthorityKeyIdentifier(), identifier) : parts;
    }

    private byte[] Once(string name, Func<byte[]> make) => _once.TryGetValue(name, out byte[]? made) ? made : _once[name] = make();

    private PrivateKey Keep(PrivateKey key)
    {
        _keys.Add(key);
        return key;
    }

    private static ParsedCertificate Parse(ReadOnlyMemory<byte> der) =>
        ParsedCertificate.TryParse(der, out ParsedCertificate? parsed) ? parsed : throw new ArgumentException("The certificate cannot be read.");
}
