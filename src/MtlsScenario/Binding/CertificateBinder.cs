using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Binding;

/// <summary>Reads what authorities' and parties' certificates have in common.</summary>
/// <param name="names">The authorities and parties that there are.</param>
/// <param name="lifetimes">Reads times.</param>
/// <param name="revocation">Reads what is revoked.</param>
/// <param name="defaults">What holds where nothing is written.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class CertificateBinder(
    DeclaredNames names, TimeReader lifetimes, RevocationReader revocation, Defaults defaults, FaultList faults)
{
    private static readonly DistinguishedName NoName = new([]);

    /// <summary>The certificate, defaults applied; what could not be read has a stand-in, and a fault.</summary>
    public BoundCertificate Bind(Fields fields, CertificateOwner owner)
    {
        CertificateSpecification planned = ReadCommon(fields, owner);
        planned = planned.Profile == CertificateProfile.Bare ? ReadBare(planned, fields, owner) : ReadExtensions(planned, fields, owner);
        CheckRenewBefore(fields, planned);
        return new BoundCertificate(fields, owner.Label, planned, owner.Replicas)
        {
            HasKnownKey = !owner.IsExternal || fields["key"] is not null,
        };
    }

    private CertificateSpecification ReadCommon(Fields fields, CertificateOwner owner)
    {
        if (fields["subject"] is null && !owner.IsExternal)
        {
            fields.Missing("subject", owner.Label, faults, "name it, for example subject: /CN=x");
        }

        if (fields["issuer"] is null && !owner.IsAuthority && !owner.IsExternal)
        {
            fields.Missing("issuer", owner.Label, faults, "name the authority that signs it");
        }

        return new CertificateSpecification
        {
            Subject = fields["subject"] is { } subject ? new SubjectReader(owner.Replicas, faults).Read(subject) ?? NoName : NoName,
            Issuer = fields["issuer"] is { } issuer ? names.ReadAuthority(issuer) : null,
            Key = (fields["key"] is { } key ? Vocabulary.Keys.Read(key, faults) : null) ?? defaults.Key,
            Digest = (fields["digest"] is { } digest ? Vocabulary.Digests.Read(digest, faults) : null) ?? defaults.Digest,
            Lifetime = (fields["lifetime"] is { } lifetime ? lifetimes.Read(lifetime) : null) ?? defaults.Lifetime,
            Serial = (fields["serial"] is { } serial ? SerialReader.Read(serial, owner.Replicas, faults) : null)
                ?? SerialNumber.Random.Instance,
            KeepsRequest = fields["request"]?.Boolean(faults) ?? defaults.Request,
            Profile = (fields["profile"] is { } profile ? Vocabulary.Profiles.Read(profile, faults) : null) ?? defaults.Profile,
            RenewBefore = fields["renewBefore"] is { } renewBefore ? lifetimes.ReadDuration(renewBefore) : defaults.RenewBefore,
            Revoked = fields["revoked"] is { } revoked ? revocation.ReadRevoked(revoked, owner.Replicas) : null,
            Adopted = fields["adopted"] is { } adopted ? PlaceReader.ReadFingerprint(adopted, faults) : null,
        };
    }

    private CertificateSpecification ReadBare(CertificateSpecification planned, Fields fields, CertificateOwner owner)
    {
        foreach (string key in FormatKeys.NotBare)
        {
            bool isOfOwner = owner.IsAuthority || key is not ("pathLength" or "nameConstraints");
            if (isOfOwner && fields[key] is { } field)
            {
                faults.Error(
                    field.Position,
                    DiagnosticCodes.BareProfile,
                    $"{key} has no place in {owner.Label}, whose profile is bare",
                    fields["profile"] is null ? "the profile comes from defaults; profile: tls here overrides it" : null);
            }
        }

        return planned;
    }

    private CertificateSpecification ReadExtensions(CertificateSpecification planned, Fields fields, CertificateOwner owner)
    {
        var reader = new NameReader(owner.Replicas, faults);
        planned = planned with
        {
            Names = fields["names"] is { } list ? reader.ReadAll(list) ?? [] : DefaultExtensions.Names(planned, owner, reader),
            KeyUsage = (fields["keyUsage"] is { } usage ? UsageReader.ReadKeyUsage(usage, faults) : null) ?? DefaultExtensions.KeyUsage(planned, owner),
            ExtendedKeyUsage = (fields["extendedKeyUsage"] is { } purposes ? UsageReader.ReadExtendedKeyUsage(purposes, faults) : null)
                ?? DefaultExtensions.Purposes(owner),
        };
        if (owner.IsAuthority)
        {
            planned = planned with
            {
                PathLength = fields["pathLength"] is { } length ? IntegerReader.Read(length, 0, int.MaxValue, faults) : null,
                NameConstraints = fields["nameConstraints"] is { } constraints ? new NameConstraintsReader(faults).Read(constraints) : null,
            };
        }

        return planned with
        {
            Extensions = fields["extensions"] is { } extensions
                ? new ExtensionReader(Written(planned, owner), faults).ReadAll(extensions) ?? []
                : [],
        };
    }

    /// <summary>The extensions that the certificate has besides the further ones.</summary>
    private static Dictionary<string, string> Written(CertificateSpecification planned, CertificateOwner owner)
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Oids.BasicConstraints] = "basicConstraints",
            [Oids.SubjectKeyIdentifier] = "subjectKeyIdentifier",
            [Oids.AuthorityKeyIdentifier] = "authorityKeyIdentifier",
        };
        void Add(bool isThere, string oid, string name)
        {
            if (isThere)
            {
                written.Add(oid, name);
            }
        }

        Add(planned.KeyUsage != KeyUsages.None, Oids.KeyUsage, "keyUsage");
        Add(!planned.ExtendedKeyUsage.IsEmpty, Oids.ExtendedKeyUsage, "extendedKeyUsage");
        Add(!planned.Names.IsEmpty, Oids.SubjectAltName, "subjectAltName (names)");
        Add(owner.IsAuthority && planned.NameConstraints is not null, Oids.NameConstraints, "nameConstraints");
        return written;
    }

    /// <summary>
    /// An end that is an instant or has passed is never due. An instant is left alone, so that a file that is right today
    /// is not wrong tomorrow.
    /// </summary>
    private void CheckRenewBefore(Fields fields, CertificateSpecification planned)
    {
        if (planned.RenewBefore is not { } renewBefore || planned.Lifetime.Until is not TimePoint.Offset { FromNow: var left })
        {
            return;
        }

        bool isOwn = fields["renewBefore"] is not null;
        if (renewBefore < left || (!isOwn && left <= TimeSpan.Zero))
        {
            return;
        }

        string rest = left <= TimeSpan.Zero ? "nothing is left" : $"{TimeText.Of(left)} is left";
        if (isOwn || fields["lifetime"] is null)
        {
            faults.Error(
                (isOwn ? fields : defaults.Fields).PositionOf("renewBefore"),
                DiagnosticCodes.InvalidRenewBefore,
                $"renewBefore {TimeText.Of(renewBefore)} is not shorter than what is left at issuance: {rest}");
        }
        else
        {
            faults.Error(
                fields.PositionOf("lifetime"),
                DiagnosticCodes.InvalidRenewBefore,
                $"the renewBefore of defaults, {TimeText.Of(renewBefore)}, is not shorter than what is left at issuance: {rest}",
                "give it a renewBefore of its own");
        }
    }
}
