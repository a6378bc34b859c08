using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads what is revoked, and what an authority's CRLs are to be.</summary>
/// <param name="names">The authorities and parties that there are.</param>
/// <param name="lifetimes">Reads times.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class RevocationReader(DeclaredNames names, TimeReader lifetimes, FaultList faults)
{
    private const string Expected = "true, a reason such as keyCompromise, or { reason, at }";

    /// <summary>The first year that openssl's list of the revoked can say.</summary>
    private const int FirstYear = 1950;

    private static readonly KeywordReader<RevocationReason> _reasons =
        new([.. RevocationReasonNames.All.Where(pair => RevocationReasonNames.IsOfScenarios(pair.Reason)).Select(pair => (pair.Name, pair.Reason))]);

    /// <summary>The words for reasons.</summary>
    public static KeywordReader<RevocationReason> Reasons => _reasons;

    /// <summary>A certificate's <c>revoked</c>; null where it is not, or with a fault.</summary>
    /// <param name="field">What is written.</param>
    /// <param name="replicas">How many of it there are; null for one.</param>
    public CertificateRevocation? ReadRevoked(Field field, int? replicas)
    {
        switch (field.Value)
        {
            case ScalarNode { AsBoolean: { } isRevoked }:
                return isRevoked ? new CertificateRevocation() : null;
            case ScalarNode { IsNull: false }:
                return ReadReason(field) is { } only ? new CertificateRevocation(only) : null;
            case MappingNode mapping:
                var fields = new Fields(field.Position, mapping);
                fields.CheckKeys(["reason", "at", "of"], "revoked", faults);
                (RevocationReason? reason, TimePoint? at) = ReadDetails(fields);
                return new CertificateRevocation(reason, at, fields["of"] is { } of ? ReadReplicas(of, replicas) : null);
            default:
                field.WrongType(faults, Expected);
                return null;
        }
    }

    /// <summary>An authority's <c>revokes</c>.</summary>
    public ImmutableArray<RevokedSerial> ReadRevokes(Field field)
    {
        var serials = new HashSet<BigInteger>();
        var revoked = ImmutableArray.CreateBuilder<RevokedSerial>();
        foreach (Field item in field.Items(faults, "a list of { serial, reason, at }") ?? [])
        {
            if (item.Mapping(faults, "{ serial, reason, at }") is not { } mapping)
            {
                continue;
            }

            var fields = new Fields(item.Position, mapping);
            fields.CheckKeys(["serial", "reason", "at"], "revokes", faults);
            (RevocationReason? reason, TimePoint? at) = ReadDetails(fields);
            if (fields["serial"] is not { } number)
            {
                fields.Missing("serial", "what is revoked", faults, "openssl x509 -noout -serial prints it, to be written with 0x in front");
            }
            else if (SerialReader.Read(number, replicas: null, faults) is SerialNumber.Fixed { Value: var serial })
            {
                revoked.Add(new RevokedSerial(serial, reason, at));
                if (!serials.Add(serial))
                {
                    faults.Error(number.Position, DiagnosticCodes.DuplicateSerial, $"serial {VisibleText.Quoted(serial.ToString(CultureInfo.InvariantCulture))} is in revokes twice");
                }
            }
        }

        return revoked.ToImmutable();
    }

    /// <summary>An authority's <c>crl</c>; null where it is to issue none.</summary>
    public CrlSpecification? ReadCrl(Field field, string authority)
    {
        if (field.Value is ScalarNode { IsNull: false })
        {
            return Vocabulary.Nothings.Read(field, faults) == true ? null : new CrlSpecification();
        }

        if (field.Mapping(faults, "{ lifetime, renewBefore, url, signedBy }, or none") is not { } mapping)
        {
            return new CrlSpecification();
        }

        var fields = new Fields(field.Position, mapping);
        fields.CheckKeys(["lifetime", "renewBefore", "url", "signedBy"], "crl", faults);
        var crl = new CrlSpecification
        {
            Lifetime = fields["lifetime"] is { } lifetime ? lifetimes.Read(lifetime) : null,
            RenewBefore = fields["renewBefore"] is { } renewBefore ? lifetimes.ReadDuration(renewBefore) : null,
            Url = fields["url"] is { } url ? ReadUrl(url) : null,
            SignedBy = fields["signedBy"] is { } signer ? names.ReadAuthority(signer) : null,
        };
        if (crl.SignedBy == authority)
        {
            faults.Error(fields.PositionOf("signedBy"), DiagnosticCodes.InvalidCrl, "an authority's own signature is no forgery", "leave signedBy out");
        }

        if (crl.RenewBefore is { } before)
        {
            CheckRenewBefore(fields.PositionOf("renewBefore"), before, crl.Lifetime);
        }

        return crl;
    }

    private RevocationReason? ReadReason(Field field) => _reasons.Read(field, faults);

    private (RevocationReason? Reason, TimePoint? At) ReadDetails(Fields fields)
    {
        RevocationReason? reason = fields["reason"] is { } word ? ReadReason(word) : null;
        if (fields["at"] is not { } field || lifetimes.ReadPoint(field) is not { } at)
        {
            return (reason, null);
        }

        if (lifetimes.IsFuture(at))
        {
            faults.Error(field.Position, DiagnosticCodes.InvalidRevocation, $"the revocation is yet to come ({TimePointText.Of(at)})", "name a past instant, or an offset such as -1d");
        }
        else if (lifetimes.YearOf(at) < FirstYear)
        {
            faults.Error(field.Position, DiagnosticCodes.InvalidRevocation, $"the revocation lies before {FirstYear} ({TimePointText.Of(at)}), which openssl cannot write");
        }

        return (reason, at);
    }

    private ImmutableArray<int> ReadReplicas(Field field, int? replicas)
    {
        if (replicas is not { } count)
        {
            faults.Error(field.Position, DiagnosticCodes.InvalidRevocation, "of names replicas, and this is not a certificate of a party with replicas", "leave it out");
            return [];
        }

        var numbers = new SortedSet<int>();
        foreach (Field item in field.Items(faults, "a list of the numbers of replicas") ?? [])
        {
            if (IntegerReader.Read(item, 1, count, faults) is { } number && !numbers.Add(number))
            {
                faults.Warning(item.Position, DiagnosticCodes.RepeatedValue, $"\"{number}\" is in of twice; it counts once");
            }
        }

        return [.. numbers];
    }

    /// <summary>What is not above a plain printable text is not a URI, and would not survive an openssl configuration.</summary>
    private string? ReadUrl(Field field)
    {
        const string Wanted = "an http, https, ldap or ldaps URL in ASCII, such as http://crl.example/ca.crl";
        if (field.Text(faults, Wanted) is not { } text)
        {
            return null;
        }

        if (text.All(character => character is > ' ' and <= '~')
            && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Scheme is "http" or "https" or "ldap" or "ldaps"
            && uri.Host.Length > 0)
        {
            return text;
        }

        faults.Error(field.Position, DiagnosticCodes.InvalidCrl, $"{VisibleText.Quoted(text)} is no place of a CRL", $"write {Wanted}");
        return null;
    }

    private void CheckRenewBefore(Diagnostics.SourcePosition position, TimeSpan before, Lifetime? lifetime)
    {
        if (lifetime is null)
        {
            faults.Error(position, DiagnosticCodes.InvalidRenewBefore, "renewBefore needs a lifetime: without one the CRL lasts as long as its authority", "write lifetime, or leave renewBefore out");
        }
        else if (lifetime.Until is TimePoint.Offset { FromNow: var left } && before >= left)
        {
            faults.Error(
                position,
                DiagnosticCodes.InvalidRenewBefore,
                $"renewBefore {TimeText.Of(before)} is not shorter than what is left at issuance: {(left <= TimeSpan.Zero ? "nothing" : TimeText.Of(left))}");
        }
    }
}
