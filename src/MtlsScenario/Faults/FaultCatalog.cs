using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;
using static MtlsScenario.Faults.FaultGrade;

namespace MtlsScenario.Faults;

/// <summary>All faults that can be sent, the worst first; what cannot be sent is not here, for what was not tried is no pass.</summary>
internal static class FaultCatalog
{
    private const string OtherName = "elsewhere.invalid";
    private const string Anybody = "Anybody who can reach it gets in.";
    private const string Stranger = "Anybody who makes a certificate gets in, as whomever they like.";
    private const string Insider = "Whoever has a certificate of that authority's gets in as whomever they like.";
    private const string Stolen = "Whoever has copied a certificate, which is no secret, gets in as its holder.";
    private const string Purpose = "A certificate that was issued for something else gets in.";
    private const string Misread = "Two programs may read two names in it, and the second lets in the wrong one.";
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>The faults.</summary>
    public static ImmutableArray<Fault> All { get; } =
    [
        new("none", A, null, "No certificate.", Anybody) { Make = _ => FaultForge.Nothing, Manner = FaultManner.NoCertificate },
        new("plaintext-first", A, null, "No TLS: the request comes in the clear.", Anybody) { Make = _ => FaultForge.Nothing, Manner = FaultManner.Plaintext, NeedsHttp = true },
        new("forged-headers", A, null, "No certificate, and headers by which a proxy reports a verified one.", Anybody) { Make = _ => FaultForge.Nothing, Manner = FaultManner.ForgedHeaders, NeedsHttp = true },
        new("sni-not-host", A, null, "No certificate; TLS names another host of the server's, HTTP the right one.", Anybody) { Make = _ => FaultForge.Nothing, Manner = FaultManner.OtherHost, NeedsHttp = true },
        new("fqdn-host", A, null, "No certificate; the name of the host ends in a dot.", Anybody) { Make = _ => FaultForge.Nothing, Manner = FaultManner.DottedHost, NeedsHttp = true },
        new("wrong-proof", A, A, "The good certificate, proved by another key.", Stolen) { Make = forge => forge.WithoutProof(), Manner = FaultManner.WrongProof },
        new("blank-proof", A, A, "The good certificate, and a signature of zeros.", Stolen) { Make = forge => forge.Good, Manner = FaultManner.BlankProof },
        new("skipped-proof", A, null, "The good certificate, and no signature at all.", Stolen) { Make = forge => forge.Good, Manner = FaultManner.SkippedProof },
        new("self-signed", A, A, "The same names, signed by the certificate's own key.", Stranger) { Make = SelfSigned },
        new("unknown-ca", A, A, "Signed by an authority that nobody trusts.", Stranger) { Make = forge => forge.ByStranger("Unknown CA"), References = "rfc5280::chain-untrusted-root" },
        new("same-name-ca", A, A, "Signed by an authority with the right name and another key.", Stranger) { Make = forge => forge.ByStranger(null), References = "invalid::invalid-issuer-key" },
        new("same-name-ca-no-aki", A, A, "The same, without an authorityKeyIdentifier.", Stranger) { Make = forge => forge.ByStranger(null, leaf => leaf.Without(Oids.AuthorityKeyIdentifier)), References = "invalid::invalid-issuer-key" },
        new("same-name-ca-copied-aki", A, A, "The same, with the true authority's key identifier.", Stranger) { Make = CopiedKeyIdentifier, References = "invalid::invalid-issuer-key" },
        new("bad-signature", A, A, "The good certificate, one bit of its signature turned over.", Stranger) { Make = forge => forge.Present(Damaged(forge.Material.Chain[0]), forge.Rest) },
        new("stuffed-chain", A, null, "An unknown certificate first, and the good one behind it.", Stolen) { Make = forge => new Forged.Identity([forge.Stray(), .. forge.Material.Chain], forge.Export(forge.OtherKey)) },
        new("leaf-as-ca", A, A, "Signed by the party's own certificate, as if that were an authority's.", Insider) { Make = LeafAsAuthority, References = "rfc5280::intermediate-ca-without-ca-bit" },
        Below("ca-false", "CA:FALSE", authority => authority.With(new PlannedExtension.BasicConstraints(isCa: false, pathLength: null)), Insider) with { References = "rfc5280::intermediate-ca-without-ca-bit" },
        Below("no-basic-constraints", "no basicConstraints", authority => authority.Without(Oids.BasicConstraints), Insider) with { References = "rfc5280::intermediate-ca-missing-basic-constraints" },
        Below("no-keycertsign", "a keyUsage that lacks keyCertSign", authority => authority.With(new PlannedExtension.KeyUsage(KeyUsages.DigitalSignature | KeyUsages.CrlSign)), Insider),
        Below("v1-ca", "X.509 version 1", authority => authority with { Version = 1, Extensions = [] }, Insider),
        Below("ca-expired", "a validity that has ended", authority => authority with { Validity = Past(authority.Validity) }, "An authority that was given up still lets people in."),
        Below("ca-server-auth", "the purpose of the other end alone", null, Purpose) with { Make = OtherPurposeOfAuthority },
        new("path-length", A, A, "Below one authority more than pathLenConstraint allows.", Insider) { Make = PathLength, NeedsAuthorityKey = true, References = "pathlen::intermediate-violates-pathlen-0" },
        new("missing-intermediate", A, A, "The certificate without the authority between it and the root.", "Whoever gets in so was not verified.") { Make = MissingIntermediate, References = "webpki::cryptographydotio-chain-missing-intermediate" },
        Leaf("expired", A, A, "Its validity has ended.", "Who was given access once has it for ever.", (leaf, _) => leaf with { Validity = Past(leaf.Validity) }) with { References = "rfc5280::validity::expired-leaf" },
        Leaf("not-yet-valid", A, A, "Its validity has not begun.", "Who is to be given access later has it now.", (leaf, forge) => leaf with { Validity = (forge.Now + s_day, forge.Now + (30 * s_day)) }),
        new("revoked", A, A, "A certificate that is revoked.", "Who was shut out still gets in.") { Make = Revoked, References = "crl::revoked-certificate-with-crl" },
        new("resumed-after-revocation", A, null, "A session that was made before the client was revoked.", "Who was shut out still gets in.") { Make = forge => forge.Material.Revoked, Manner = FaultManner.RevokedSession },
        new("other-vhost-session", A, null, "A session that was made at another host of the server's.", "Who gets in at one host gets in at all.") { Make = forge => forge.Good, Manner = FaultManner.OtherHostSession, NeedsHttp = true },
        Leaf("server-auth-only", A, null, "extendedKeyUsage serverAuth alone.", "Every server of that authority's gets in as a client.", (leaf, _) => leaf.With(Use(KeyPurpose.ServerAuth))) with { References = "rfc5280::eku::ee-wrong-eku" },
        Leaf("client-auth-only", null, A, "extendedKeyUsage clientAuth alone.", "Every client of that authority's can be the server.", (leaf, _) => leaf.With(Use(KeyPurpose.ClientAuth))) with { References = "rfc5280::eku::ee-wrong-eku" },
        Leaf("code-signing", A, null, "extendedKeyUsage codeSigning alone.", Purpose, (leaf, _) => leaf.With(Use(Named("codeSigning")))) with { References = "rfc5280::eku::ee-wrong-eku" },
        Leaf("wrong-host", null, A, "The names of another host.", "Every server of that authority's can be this one.", (leaf, _) => leaf.With(Names(new GeneralName(GeneralNameKind.Dns, OtherName))) with { Subject = FaultForge.Name(OtherName) }),
        new("name-constraints-dns", A, A, "A DNS name that its authority is not permitted.", Insider) { Make = forge => Constrained(forge, new GeneralName(GeneralNameKind.Dns, OtherName)), NeedsAuthorityKey = true, References = "rfc5280::nc::permitted-dns-mismatch" },
        new("name-constraints-uri", A, null, "A URI that its authority is not permitted.", Insider) { Make = forge => Constrained(forge, new GeneralName(GeneralNameKind.Uri, $"spiffe://{OtherName}/x")), NeedsAuthorityKey = true },
        Leaf("critical-extension", A, A, "An unknown extension that is marked critical.", "What its authority limits is not limited.", (leaf, _) => leaf.With(new PlannedExtension.Custom("1.3.6.1.4.1.99999.1", isCritical: true, [5, 0]))) with { References = "rfc5280::unknown-critical-extension-ee" },
        Leaf("duplicate-extension", A, null, "The same extension twice.", Misread, (leaf, forge) => Twice(leaf.Extensions.IsEmpty ? leaf.With(Use(Own(forge))) : leaf)) with { References = "rfc5280::duplicate-extensions" },

        Leaf("no-eku", B, B, "No extendedKeyUsage.", Purpose, (leaf, _) => leaf.Without(Oids.ExtendedKeyUsage)) with { Make = forge => IfThere(forge, Oids.ExtendedKeyUsage, leaf => leaf.Without(Oids.ExtendedKeyUsage)) },
        new("resumed-after-expiry", B, null, "A session that was made before the certificate expired.", "Who was given access once keeps it while the session lasts.") { Make = forge => forge.ShortLived(forge.Now + s_day), NeedsAuthorityKey = true, Manner = FaultManner.ExpiredSession },
        Leaf("any-eku", B, B, "extendedKeyUsage anyExtendedKeyUsage alone.", Purpose, (leaf, _) => leaf.With(Use(Named("anyExtendedKeyUsage")))),
        Leaf("no-digital-signature", B, null, "A keyUsage that lacks digitalSignature.", Purpose, (leaf, _) => leaf.With(new PlannedExtension.KeyUsage(KeyUsages.KeyEncipherment))),
        new("v1", B, B, "X.509 version 1, without extensions.", Purpose) { Make = forge => forge.Leaf.Version == 1 ? AsItIs : forge.OfLeaf(leaf => leaf with { Version = 1, Extensions = [] }), NeedsAuthorityKey = true, References = "webpki::v1-cert" },
        new("ca-as-client", B, null, "The authority's own certificate.", "Nobody can tell the authority from its clients.") { Make = AuthorityAsLeaf, NeedsAuthorityKey = true, References = "rfc5280::ca-as-leaf" },
        Leaf("ca-as-leaf", null, B, "CA:TRUE.", "The server may issue certificates.", (leaf, _) => leaf.With(new PlannedExtension.BasicConstraints(isCa: true, pathLength: null))) with { References = "rfc5280::ca-as-leaf" },
        Leaf("no-san", null, B, "A common name, and no subjectAltName.", Misread, (leaf, forge) => (leaf with { Subject = FaultForge.Name(forge.Material.Host) }).Without(Oids.SubjectAltName)),
        new("rsa-1024", B, B, "A key of RSA with 1024 bits.", "It can be broken.") { Make = ShortKey, NeedsAuthorityKey = true, References = "webpki::forbidden-weak-rsa-in-leaf" },
        new("sha-1", B, B, "A signature of SHA-1.", "It can be forged.") { Make = forge => forge.OfLeaf(HashAlgorithmName.SHA1), NeedsAuthorityKey = true },
        new("md5", B, B, "A signature of MD5.", "It can be forged.") { Make = forge => forge.OfLeaf(HashAlgorithmName.MD5), NeedsAuthorityKey = true },
        new("tls-1.0", B, null, "The good certificate on TLS 1.0.", "It is obsolete (RFC 8996).") { Make = forge => forge.Good, Manner = FaultManner.Tls10 },
        new("tls-1.1", B, null, "The good certificate on TLS 1.1.", "It is obsolete (RFC 8996).") { Make = forge => forge.Good, Manner = FaultManner.Tls11 },

        Leaf("two-cn", C, C, "Two common names.", Misread, (leaf, _) => CommonNames(leaf, (UniversalTagNumber.UTF8String, "other"u8.ToArray()), (UniversalTagNumber.UTF8String, Bytes(leaf)))),
        Leaf("nul-cn", C, C, "A NUL in the common name.", Misread, (leaf, _) => CommonNames(leaf, (UniversalTagNumber.UTF8String, [.. Bytes(leaf), 0, .. ".other"u8]))),
        Leaf("bmp-cn", C, C, "A common name of two bytes a character.", Misread, (leaf, _) => CommonNames(leaf, (UniversalTagNumber.BMPString, Encoding.BigEndianUnicode.GetBytes(OddNames.CommonName(leaf.Subject))))),
        Leaf("bad-utf8", C, C, "A common name that is no UTF-8.", Misread, (leaf, _) => CommonNames(leaf, (UniversalTagNumber.UTF8String, [.. Bytes(leaf), 0xC3, 0x28]))),
        Leaf("wildcard-san", C, null, "A subjectAltName *.invalid.", Misread, (leaf, _) => leaf.With(Names(new GeneralName(GeneralNameKind.Dns, "*.invalid")))),
        Leaf("san-injection", C, C, "A DNS name with a comma and another name in it.", Misread, (leaf, forge) => Injected(leaf, forge.Material.Host)) with { References = "rfc5280::san::malformed" },
        Leaf("negative-serial", C, C, "A negative serial number.", "Nobody can revoke it reliably.", (leaf, _) => leaf with { Serial = (byte[])[0x80, .. leaf.Serial[1..].Span] }) with { References = "rfc5280::serial::negative" },
        new("stray-certificate", C, C, "The good chain, and an unknown certificate behind it.", Misread) { Make = forge => forge.Present(forge.Material.Chain[0], [.. forge.Rest, forge.Stray()]) },
        new("repeated-chain", C, C, "The good chain twice.", Misread) { Make = forge => forge.Present(forge.Material.Chain[0], [.. forge.Rest, .. forge.Material.Chain]) },
        new("aia-fetch", C, null, "Signed by an unknown authority, which is to be fetched from a URL.", "Strangers make the server call where they like.") { Make = IssuerToFetch, Manner = FaultManner.IssuerToFetch },
        new("deep-chain", C, C, "Twelve authorities more.", "Long chains cost time.") { Make = forge => forge.BelowAuthority(Same, [.. Enumerable.Repeat(Same, 11)]), NeedsAuthorityKey = true },
        new("huge-chain", C, C, "The good chain, and 96 unknown certificates.", "Long chains cost time.") { Make = forge => forge.Present(forge.Material.Chain[0], [.. forge.Rest, .. Enumerable.Repeat((ReadOnlyMemory<byte>)forge.Stray(), 96)]) },
    ];

    private static Forged AsItIs => new Forged.DoesNotApply("the good certificate is like that");

    private static Func<CertificateParts, CertificateParts> Same => static authority => authority;

    /// <summary>The fault of that word, or null.</summary>
    public static Fault? Find(string id) => All.FirstOrDefault(fault => fault.Id == id);

    /// <summary>How bad it is of the other end to accept the fault from that one; null where that one does not have it.</summary>
    public static FaultGrade? GradeOf(Fault fault, Side side) => side == Side.Client ? fault.Client : fault.Server;

    private static Fault Leaf(string id, FaultGrade? client, FaultGrade? server, string what, string why, Func<CertificateParts, FaultForge, CertificateParts> edit) =>
        new(id, client, server, what, why) { Make = forge => forge.OfLeaf(leaf => edit(leaf, forge)), NeedsAuthorityKey = true };

    private static Fault Below(string id, string what, Func<CertificateParts, CertificateParts>? edit, string why) =>
        new(id, A, A, $"Signed by an authority with {what}.", why) { Make = forge => forge.BelowAuthority(edit!), NeedsAuthorityKey = true };

    private static PlannedExtension.ExtendedKeyUsage Use(KeyPurpose purpose) => new([purpose]);

    private static PlannedExtension.SubjectAlternativeName Names(GeneralName name) => new([name]);

    private static KeyPurpose Named(string name) => KeyPurpose.Named.First(named => named.Name == name).Purpose;

    private static KeyPurpose Own(FaultForge forge) => forge.Material.Side == Side.Client ? KeyPurpose.ClientAuth : KeyPurpose.ServerAuth;

    private static (DateTimeOffset From, DateTimeOffset Until) Past((DateTimeOffset From, DateTimeOffset Until) good) =>
        (good.From - (30 * s_day), good.From - s_day);

    private static byte[] Bytes(CertificateParts leaf) => Encoding.UTF8.GetBytes(OddNames.CommonName(leaf.Subject));

    private static CertificateParts CommonNames(CertificateParts leaf, params (UniversalTagNumber Type, byte[] Text)[] values) =>
        leaf with { Subject = OddNames.WithCommonNames(leaf.Subject, values) };

    private static CertificateParts Injected(CertificateParts leaf, string host) => leaf with
    {
        Version = 3,
        Extensions = leaf.Without(Oids.SubjectAltName).Extensions.Add(OddNames.AlternativeName($"{host}, DNS:{OtherName}")),
    };

    private static CertificateParts Twice(CertificateParts leaf) => leaf with { Extensions = leaf.Extensions.Add(leaf.Extensions[^1]) };

    private static Forged IfThere(FaultForge forge, string oid, Func<CertificateParts, CertificateParts> edit) =>
        forge.Leaf.Find(oid) is null ? AsItIs : forge.OfLeaf(edit);

    private static Forged.Identity SelfSigned(FaultForge forge)
    {
        CertificateParts leaf = forge.Leaf.Without(Oids.AuthorityKeyIdentifier);
        return forge.Present((leaf with { Issuer = leaf.Subject }).SignedBy(forge.Material.Key));
    }

    /// <summary>A CRL names authorities and serial numbers: a server with another's number is revoked, and has the right names still.</summary>
    private static Forged Revoked(FaultForge forge) =>
        forge.Material.RevokedSerial is { } serial ? forge.OfLeaf(leaf => leaf with { Serial = serial }) : forge.Material.Revoked;

    private static Forged CopiedKeyIdentifier(FaultForge forge) => forge.Leaf.Find(Oids.AuthorityKeyIdentifier) is not { } copied
        ? new Forged.DoesNotApply("the good certificate has no authorityKeyIdentifier")
        : forge.ByStranger(null, leaf => leaf with { Extensions = leaf.Without(copied.Oid).Extensions.Add(copied) });

    /// <summary>The last bit of an RSA signature's number or of ECDSA's s: the encoding stays sound.</summary>
    private static byte[] Damaged(ReadOnlyMemory<byte> der)
    {
        byte[] damaged = der.ToArray();
        damaged[^1] ^= 1;
        return damaged;
    }

    private static Forged.Identity LeafAsAuthority(FaultForge forge)
    {
        CertificateParts below = forge.Leaf.WithKey(forge.OtherKey.SubjectPublicKeyInfo).Below(forge.Leaf);
        return new Forged.Identity([below.SignedBy(forge.Material.Key), .. forge.Material.Chain], forge.Export(forge.OtherKey));
    }

    private static Forged OtherPurposeOfAuthority(FaultForge forge) => forge.BelowAuthority(
        authority => authority.With(Use(forge.Material.Side == Side.Client ? KeyPurpose.ServerAuth : KeyPurpose.ClientAuth)));

    private static Forged PathLength(FaultForge forge) => forge.BelowAuthority(
        Same, [authority => authority.With(new PlannedExtension.BasicConstraints(isCa: true, pathLength: 0))]);

    private static Forged MissingIntermediate(FaultForge forge) => forge.Rest.IsEmpty
        ? forge.BelowAuthority(Same, isSent: false)
        : forge.Present(forge.Material.Chain[0]);

    private static Forged Constrained(FaultForge forge, GeneralName name)
    {
        var permitted = new NameConstraints([new GeneralSubtree(name.Kind, "inside.invalid")], []);
        return forge.BelowAuthority(
            authority => authority.With(new PlannedExtension.NameConstraintsExtension(permitted)), leaf: leaf => leaf.With(Names(name)));
    }

    private static Forged AuthorityAsLeaf(FaultForge forge) => forge.Material.Issuers switch
    {
        [] => new Forged.NotTried("the certificate of the authority above is not here"),
        [{ Key: { } key } issuer, ..] => new Forged.Identity([issuer.Certificate.Der, .. forge.Rest.Skip(1)], forge.Export(key)),
        [var issuer, ..] => new Forged.NotTried($"the key of {issuer.Name} is not here"),
    };

    /// <summary>The issuer is not sent: who has it, and does not trust it, fetches nothing.</summary>
    private static Forged IssuerToFetch(FaultForge forge)
    {
        if (forge.NextUrl is not { } next)
        {
            return new Forged.DoesNotApply("the server is not on this machine, whence it would fetch");
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.2");
            writer.WriteCharacterString(UniversalTagNumber.IA5String, next(), new Asn1Tag(TagClass.ContextSpecific, 6));
        }

        Forged forged = forge.ByStranger("Unknown CA", leaf => leaf.With(new PlannedExtension.Custom("1.3.6.1.5.5.7.1.1", isCritical: false, [.. writer.Encode()])));
        return forged is Forged.Identity identity ? identity with { Chain = identity.Chain[..1] } : forged;
    }

    private static Forged ShortKey(FaultForge forge)
    {
#pragma warning disable CA5385 // A key that is too short is what is wanted.
        using var rsa = RSA.Create(1024);
#pragma warning restore CA5385
        Forged forged = forge.OfLeaf(leaf => leaf.WithKey(rsa.ExportSubjectPublicKeyInfo()));
        return forged is Forged.Identity identity ? identity with { Key = forge.Own(rsa.ExportPkcs8PrivateKey()) } : forged;
    }
}
