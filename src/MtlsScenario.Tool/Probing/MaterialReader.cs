using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Serving;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Probing;

/// <summary>Reads from the folder of the certificates what a party presents, and what faulty certificates are made from.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="root">The folder, an absolute path.</param>
/// <param name="place">Where both are, as the user said it.</param>
/// <param name="passwords">What may open the stores of who has nothing else; null where nobody looks for any.</param>
internal sealed class MaterialReader(Scenario scenario, string root, ScenarioPlace place, StorePasswordOrder? passwords = null)
{
    private readonly Plan _plan = Planner.For(scenario);
    private readonly FolderReader _folder = new(root);

    /// <summary>What the party presents and trusts. The caller disposes of it.</summary>
    /// <exception cref="EnvironmentException">A file is missing or cannot be used.</exception>
    public EndArtifacts End(PartyReference party, PartyCertificate certificate)
    {
        EndArtifactsResult result = new FolderArtifacts(scenario, _plan, _folder, passwords?.All).Read(new TrialEnd(party.Party.Name, party.Number, certificate));
        return result.Artifacts ?? throw new EnvironmentException($"{result.Fault}", $"{place.Command("apply")} makes what is missing");
    }

    /// <summary>What faulty certificates are made from. The caller disposes of it.</summary>
    /// <param name="end">What the party presents.</param>
    /// <param name="certificate">The party's certificate in the scenario.</param>
    /// <param name="side">Which end it is.</param>
    /// <param name="other">The other end's certificate in the scenario; null where nobody knows.</param>
    /// <param name="host">The name by which a server is called.</param>
    /// <exception cref="EnvironmentException">The party's key is of a kind of which none can be made.</exception>
    public FaultMaterial Material(EndArtifacts end, PartyCertificate certificate, Side side, PartyCertificate? other, string host = "")
    {
        byte[] pem = Pem.Encode(Pem.PrivateKey, end.Key.Span);
        try
        {
            return PrivateKey.ReadPem(pem) is KeyReadResult.Read { Key: var key }
                ? new FaultMaterial(side, end.Chain, key, [.. Issuers(certificate.Certificate.Issuer, other?.Trusts)])
                {
                    Revoked = Revoked(other, side),
                    RevokedSerial = side == Side.Server && other is { ChecksRevocation: true } ? RevokedBy(certificate.Certificate.Issuer) : null,
                    Host = host,
                }
                : throw new EnvironmentException("the party's key is of a kind that no scenario can name");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    /// <summary>The serial number of the first certificate that the authority has revoked; null where none is here.</summary>
    private ReadOnlyMemory<byte>? RevokedBy(string? issuer)
    {
        TrialEnd? revoked = (
            from party in scenario.Parties
            from certificate in new[] { party.Called, party.Calling }
            where certificate?.Certificate is { Revoked: not null } written && written.Issuer == issuer
            select FirstRevoked(party, certificate)).FirstOrDefault();
        using EndArtifacts? end = revoked is null ? null : new FolderArtifacts(scenario, _plan, _folder).Read(revoked).Artifacts;
        return end is not null && ParsedCertificate.TryParse(end.Chain[0], out ParsedCertificate? parsed) ? parsed.SerialBytes : (ReadOnlyMemory<byte>?)null;
    }

    private static TrialEnd FirstRevoked(Party party, PartyCertificate certificate) =>
        new(party.Name, party.Replicas is null ? null : certificate.Certificate.Revoked!.Of is { IsEmpty: false } of ? of[0] : 1, certificate);

    /// <summary>What the first client presents that is revoked and that the server could otherwise verify.</summary>
    private Forged Revoked(PartyCertificate? server, Side side)
    {
        if (side == Side.Server)
        {
            return new Forged.DoesNotApply(server is { ChecksRevocation: true } ? "its authority has revoked nobody" : "the scenario lets the client ask no CRLs");
        }

        var revoked = (
            from party in scenario.Parties
            where party.Calling is { Certificate.Revoked: not null }
            select FirstRevoked(party, party.Calling!)).FirstOrDefault();
        if (server is not { ChecksRevocation: true } || revoked is null)
        {
            return new Forged.DoesNotApply(revoked is null ? "no client of the scenario is revoked" : "the scenario lets the server ask no CRLs");
        }

        EndArtifactsResult read = new FolderArtifacts(scenario, _plan, _folder).Read(revoked);
        return read.Artifacts is { } end ? new Forged.Identity(end.Chain, end.Key) : new Forged.NotTried(read.Fault!);
    }

    /// <summary>The authorities from the issuer up to the nearest that the other end trusts, as far as their certificates are here.</summary>
    private IEnumerable<FaultIssuer> Issuers(string? name, ImmutableArray<string>? trusts)
    {
        while (name is not null)
        {
            PlannedCertificate planned = _plan[name];
            if (_folder.Certificate(planned.Files.Certificate) is not { } certificate)
            {
                yield break;
            }

            yield return new FaultIssuer(name, certificate, Key(planned, certificate));
            name = trusts is { } known && known.Contains(name) ? null : planned.Issuer;
        }
    }

    private PrivateKey? Key(PlannedCertificate planned, ParsedCertificate certificate)
    {
        if (_folder.Read(planned.Files.Key).Bytes is not { } bytes)
        {
            return null;
        }

        try
        {
            if (PrivateKey.ReadPem(bytes) is not KeyReadResult.Read { Key: var key })
            {
                return null;
            }

            if (key.Matches(certificate.SubjectPublicKeyInfo))
            {
                return key;
            }

            key.Dispose();
            throw new EnvironmentException($"{VisibleText.Of(planned.Files.Key)} is not the key of {VisibleText.Of(planned.Files.Certificate)}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
