using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>An extension of a certificate or a request, as it is planned; the keys that some of them depend on come later.</summary>
internal abstract record PlannedExtension
{
    private PlannedExtension()
    {
    }

    /// <summary>Whether it is marked critical.</summary>
    public bool IsCritical { get; init; }

    /// <summary>basicConstraints, always critical.</summary>
    internal sealed record BasicConstraints : PlannedExtension
    {
        public BasicConstraints(bool isCa, int? pathLength)
        {
            (IsCa, PathLength, IsCritical) = (isCa, pathLength, true);
        }

        public bool IsCa { get; }

        public int? PathLength { get; }
    }

    /// <summary>keyUsage, always critical.</summary>
    internal sealed record KeyUsage : PlannedExtension
    {
        public KeyUsage(KeyUsages usages)
        {
            (Usages, IsCritical) = (usages, true);
        }

        public KeyUsages Usages { get; }
    }

    /// <summary>extendedKeyUsage.</summary>
    internal sealed record ExtendedKeyUsage(ImmutableArray<KeyPurpose> Purposes) : PlannedExtension;

    /// <summary>subjectKeyIdentifier: the SHA-1 of the subject's public key bits (RFC 5280 section 4.2.1.2, method 1).</summary>
    internal sealed record SubjectKeyIdentifier : PlannedExtension;

    /// <summary>
    /// authorityKeyIdentifier with the key identifier alone: the issuer certificate's subjectKeyIdentifier. Where that
    /// has none (an external authority's may not), the extension is left out.
    /// </summary>
    internal sealed record AuthorityKeyIdentifier : PlannedExtension;

    /// <summary>subjectAltName. In a fleet <c>{n}</c> stands for the number.</summary>
    internal sealed record SubjectAlternativeName(ImmutableArray<GeneralName> Names) : PlannedExtension;

    /// <summary>nameConstraints, always critical.</summary>
    internal sealed record NameConstraintsExtension : PlannedExtension
    {
        public NameConstraintsExtension(NameConstraints constraints)
        {
            (Constraints, IsCritical) = (constraints, true);
        }

        public NameConstraints Constraints { get; }
    }

    /// <summary>cRLDistributionPoints with one fullName.</summary>
    internal sealed record CrlDistributionPoint(string Url) : PlannedExtension;

    /// <summary>One that the scenario spells out.</summary>
    internal sealed record Custom : PlannedExtension
    {
        public Custom(string oid, bool isCritical, ImmutableArray<byte> value)
        {
            (Oid, Value, IsCritical) = (oid, value, isCritical);
        }

        public string Oid { get; }

        public ImmutableArray<byte> Value { get; }
    }
}
