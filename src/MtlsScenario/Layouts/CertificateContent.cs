using System.Collections.Immutable;

namespace MtlsScenario.Layouts;

/// <summary>What a certificate says, each part as text. Where a text comes from a certificate it may hold control characters.</summary>
internal sealed record CertificateContent
{
    /// <summary>1, 2 or 3: X.509 v1, v2, v3.</summary>
    public required int Version { get; init; }

    /// <summary>The subject, in the slash form of a scenario.</summary>
    public required string Subject { get; init; }

    /// <summary>The issuer, in the same form, and who that is; <c>itself</c> of one that is self-signed.</summary>
    public required string Issuer { get; init; }

    /// <summary>The stem of the authority whose key signed it; null where that is its own, is none of those that are known, or is only planned.</summary>
    public string? IssuerStem { get; init; }

    /// <summary>The serial number, or what is planned for it: <c>random, 159 bits</c>.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>From when to when, or how long.</summary>
    public required string Validity { get; init; }

    /// <summary>From when it is valid, UTC; null where it is only planned, or where it is not to be told.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when it is valid, UTC; null where it is only planned, or where it is not to be told.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The kind of its key: <c>RSA 2048 bits</c>.</summary>
    public required string PublicKey { get; init; }

    /// <summary>How it is signed: <c>sha256WithRSAEncryption</c>; null where that depends on an external authority's key.</summary>
    public string? SignatureAlgorithm { get; init; }

    /// <summary>The extensions, in the order of the certificate.</summary>
    public ImmutableArray<ExtensionEntry> Extensions { get; init; } = [];
}

/// <summary>An extension of a certificate.</summary>
/// <param name="Name">RFC 5280's name for it, or its object identifier.</param>
/// <param name="IsCritical">Whether it is marked critical.</param>
/// <param name="Value">What it says.</param>
internal sealed record ExtensionEntry(string Name, bool IsCritical, string Value);
