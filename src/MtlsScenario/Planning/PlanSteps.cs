using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>Generate a key pair.</summary>
internal sealed record GenerateKey(Actor Actor, KeyAlgorithm Algorithm, string KeyFile) : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => [];

    public override string Output => KeyFile;
}

/// <summary>Sign an authority's own certificate with its own key.</summary>
internal sealed record SelfSign(Actor Actor, CertificateTemplate Template, string KeyFile, string CertificateFile)
    : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => [KeyFile];

    public override string Output => CertificateFile;
}

/// <summary>Request a certificate (PKCS#10).</summary>
/// <param name="Actor">The subject.</param>
/// <param name="Template">What the request says.</param>
/// <param name="KeyFile">The subject's key.</param>
/// <param name="RequestFile">Where the request goes.</param>
/// <param name="IsKept">Whether the request is left as a file when all is done.</param>
internal sealed record RequestCertificate(
    Actor Actor, RequestTemplate Template, string KeyFile, string RequestFile, bool IsKept) : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => [KeyFile];

    public override string Output => RequestFile;
}

/// <summary>Sign a certificate that was requested.</summary>
/// <param name="Actor">Who runs the issuer.</param>
/// <param name="Template">What the certificate says.</param>
/// <param name="Issuer">The issuer's files.</param>
/// <param name="RequestFile">The request, where the issuer has it.</param>
/// <param name="CertificateFile">The certificate, where the issuer leaves it.</param>
internal sealed record SignCertificate(
    Actor Actor, CertificateTemplate Template, IssuerFiles Issuer, string RequestFile, string CertificateFile)
    : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => [RequestFile, Issuer.CertificateFile, Issuer.KeyFile];

    public override string Output => CertificateFile;
}

/// <summary>The files with which an authority signs.</summary>
/// <param name="Name">The authority's name.</param>
/// <param name="CertificateFile">Its certificate.</param>
/// <param name="KeyFile">Its key.</param>
/// <param name="Algorithm">The kind of its key; null where an external authority's is not known before it is read.</param>
internal sealed record IssuerFiles(string Name, string CertificateFile, string KeyFile, KeyAlgorithm? Algorithm);

/// <summary>Put a certificate and the intermediates above it into one file, leaf first.</summary>
internal sealed record WriteChain(Actor Actor, ImmutableArray<string> CertificateFiles, string ChainFile)
    : PlanStep(Actor)
{
    /// <summary>Whether the scenario says where it is: then it may have been made by others, and what they wrote around the certificates stays.</summary>
    public bool IsPlaced { get; init; }

    public override ImmutableArray<string> Inputs => CertificateFiles;

    public override string Output => ChainFile;
}

/// <summary>Put the certificates of the trust anchors into one file.</summary>
internal sealed record WriteAnchors(Actor Actor, ImmutableArray<string> CertificateFiles, string AnchorsFile)
    : PlanStep(Actor)
{
    /// <inheritdoc cref="WriteChain.IsPlaced"/>
    public bool IsPlaced { get; init; }

    public override ImmutableArray<string> Inputs => CertificateFiles;

    public override string Output => AnchorsFile;
}

/// <summary>Sign an authority's certificate revocation list.</summary>
/// <param name="Actor">Who runs the authority.</param>
/// <param name="Template">What the list says.</param>
/// <param name="Issuer">The authority's files.</param>
/// <param name="Signer">The files of the authority whose key signs: the same or, for a forged list, another.</param>
/// <param name="CrlFile">The list.</param>
internal sealed record SignCrl(Actor Actor, CrlTemplate Template, IssuerFiles Issuer, IssuerFiles Signer, string CrlFile)
    : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => [Issuer.CertificateFile, Signer.KeyFile];

    public override string Output => CrlFile;
}

/// <summary>Put the certificate revocation lists that an end checks against into one file.</summary>
internal sealed record WriteCrls(Actor Actor, ImmutableArray<string> CrlFiles, string BundleFile) : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => CrlFiles;

    public override string Output => BundleFile;
}

/// <summary>Give somebody a copy of a file (only where each has a folder; in one folder everybody has it already).</summary>
/// <param name="Actor">Who gives.</param>
/// <param name="Receiver">Who receives.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SourceFile">Where the giver has it.</param>
/// <param name="TargetFile">Where the receiver has it from then on.</param>
internal sealed record HandOver(
    Actor Actor, Actor Receiver, ArtifactKind Kind, string SourceFile, string TargetFile) : PlanStep(Actor)
{
    public override ImmutableArray<string> Inputs => [SourceFile];

    public override string Output => TargetFile;
}

/// <summary>Write a key, what is presented or what is trusted in a further format.</summary>
/// <param name="Actor">Who holds them.</param>
/// <param name="Kind">What kind of file that is.</param>
/// <param name="Stem">The stem of the certificate: the alias in a store and, in its way, the name of an object.</param>
/// <param name="Sources">What goes into it.</param>
/// <param name="FormatFile">The file.</param>
internal sealed record WriteFormat(Actor Actor, ArtifactKind Kind, string Stem, FormatSources Sources, string FormatFile) : PlanStep(Actor)
{
    /// <summary>How a PKCS#12 with a key is encrypted.</summary>
    public StoreEncryption Encryption { get; init; }

    /// <summary>Where its password is; null for <c>changeit</c>, and of what has none.</summary>
    public PasswordSource? Password { get; init; }

    /// <summary>Whether it has a password.</summary>
    public bool HasPassword => Kind is ArtifactKind.Pkcs12 or ArtifactKind.TrustStore or ArtifactKind.EncryptedKey;

    /// <summary>Whether there is a private key in it.</summary>
    public bool HoldsKey => Sources.KeyFile is not null;

    public override ImmutableArray<string> Inputs => Sources.All;

    public override string Output => FormatFile;
}

/// <summary>The files, PEM, that are written in a further format.</summary>
/// <param name="KeyFile">The private key; null where it is not in it.</param>
/// <param name="CertificateFile">The certificate, with the intermediates above it where those are in it; null where neither is.</param>
/// <param name="AnchorFiles">The trust anchors: of a trust store each its own file, otherwise the one with all; none where they are not in it.</param>
/// <param name="Anchors">The stems of the trust anchors: their aliases in a trust store.</param>
internal sealed record FormatSources(
    string? KeyFile, string? CertificateFile, ImmutableArray<string> AnchorFiles, ImmutableArray<string> Anchors)
{
    /// <summary>Whether <see cref="CertificateFile"/> holds the intermediates too.</summary>
    public bool HasChain { get; init; }

    /// <summary>Where others may have put the intermediates, and a root too, which goes into nothing; null where the scenario knows them.</summary>
    public string? ProvidedChain { get; init; }

    /// <summary>All of them.</summary>
    public ImmutableArray<string> All => [.. new[] { KeyFile, CertificateFile }.OfType<string>(), .. AnchorFiles];

    /// <summary>Those of one member of a fleet.</summary>
    /// <param name="number">Which one, or null.</param>
    public FormatSources At(int? number) => number is null ? this : this with
    {
        KeyFile = KeyFile is { } key ? Replication.Fill(key, number) : null,
        CertificateFile = CertificateFile is { } certificate ? Replication.Fill(certificate, number) : null,
        AnchorFiles = [.. AnchorFiles.Select(file => Replication.Fill(file, number))],
    };
}
