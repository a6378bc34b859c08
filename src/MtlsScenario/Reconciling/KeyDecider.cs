using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Decides what becomes of a key: kept where that can be, and an authority's replaced only when it is named.</summary>
internal sealed class KeyDecider(ReconciliationOptions options, FolderKeys keys, SignedFinder signed, AdoptedCertificates adopted)
{
    private const string OnlyWhenNamed = "an authority's key is replaced only when --new-key names it";

    /// <summary>What becomes of an authority's key, and what is in the way.</summary>
    public (KeyDecision Decision, Obstacle? Obstacle) OfAuthority(PlannedCertificate planned)
    {
        KeyOnDisk key = keys.Read(planned.Files.Key);
        if (options.Seed is not null)
        {
            return OfSeed(planned, planned.Stem, planned.Files.Key, key);
        }

        bool isNamed = options.IsNamed(planned.Stem, planned.Stem);
        return key switch
        {
            KeyOnDisk.Missing when isNamed => (new KeyDecision(key, KeyAction.Generate, Reason.Asked), null),
            KeyOnDisk.Missing missing when signed.By(planned) is { } found => (new KeyDecision(key, KeyAction.Generate, null), new Obstacle(
                planned.Stem,
                $"{planned.Files.Key} is {(missing.IsEmpty ? "empty" : "gone")}, while {found}, which it signed, is there; "
                + OnlyWhenNamed,
                "put the key back")),
            KeyOnDisk.Present { Algorithm: var algorithm } present when algorithm != planned.Key && !isNamed && !adopted.IsInPlace(planned) => (
                new KeyDecision(key, KeyAction.Replace, null),
                new Obstacle(
                    planned.Stem,
                    $"{planned.Files.Key} is {present.Description}, and the scenario says {KeyNames.Of(planned.Key!.Value)}; "
                    + OnlyWhenNamed,
                    present.Algorithm is { } kind ? $"key: {KeyNames.Of(kind)} in the scenario keeps it" : null)),
            _ => Decide(planned, planned.Stem, planned.Files.Key, key),
        };
    }

    /// <summary>What becomes of a party's key, and what is in the way.</summary>
    /// <param name="planned">Its certificate.</param>
    /// <param name="stem">The stem, the number filled in.</param>
    /// <param name="path">The key's path, the number filled in.</param>
    public (KeyDecision Decision, Obstacle? Obstacle) OfParty(PlannedCertificate planned, string stem, string path) =>
        options.Seed is null || planned.IsExternal ? Decide(planned, stem, path, keys.Read(path)) : OfSeed(planned, stem, path, keys.Read(path));

    /// <summary>With a seed there is one key that it can be, so that what is missing can be told from what it has signed.</summary>
    private (KeyDecision Decision, Obstacle? Obstacle) OfSeed(PlannedCertificate planned, string stem, string path, KeyOnDisk key)
    {
        using PrivateKey own = options.Seed!.Key(stem, planned.Key!.Value);
        ReadOnlyMemory<byte> seeded = own.SubjectPublicKeyInfo;
        bool isNamed = options.IsNamed(planned.Stem, stem);
        switch (key)
        {
            case KeyOnDisk.Present present when present.SubjectPublicKeyInfo.Span.SequenceEqual(seeded.Span):
                return (new KeyDecision(key, KeyAction.Keep, null), null);
            case KeyOnDisk.Present when !isNamed:
                return (new KeyDecision(key, KeyAction.Keep, null), new Obstacle(
                    stem, $"{path} is there, and is not the key of the seed", $"use the seed that it comes of, or --new-key {stem} to put it aside", AsksForNewKey: true));
            case KeyOnDisk.Missing when planned.IsAuthority && !isNamed && signed.By(planned) is { } found && !signed.IsOf(found, seeded):
                return (new KeyDecision(key, KeyAction.Generate, null), new Obstacle(
                    stem, $"{path} is gone, while {found}, which another key than that of the seed signed, is there; {OnlyWhenNamed}", "put the key back"));
            default:
                (KeyDecision decision, Obstacle? obstacle) = Decide(planned, stem, path, key);
                return (decision with { Seeded = seeded }, obstacle);
        }
    }

    private (KeyDecision Decision, Obstacle? Obstacle) Decide(PlannedCertificate planned, string stem, string path, KeyOnDisk key)
    {
        bool isNamed = options.IsNamed(planned.Stem, stem);
        return key switch
        {
            KeyOnDisk.Missing { IsEmpty: var isEmpty } =>
                (new KeyDecision(key, KeyAction.Generate, isNamed ? Reason.Asked : isEmpty ? new Reason("empty", "the one there is empty") : Reason.Missing), null),

            // What was not read is not replaced, for nobody knows what it is; and nothing is advised that would.
            KeyOnDisk.Unusable { Digest: null } unusable => (new KeyDecision(key, KeyAction.Keep, null), new Obstacle(
                stem, $"{path} is there and cannot be used: {unusable.Fault}", unusable.Remedy)),
            _ when isNamed => (new KeyDecision(key, KeyAction.Replace, Reason.Asked), null),
            KeyOnDisk.Unusable unusable => (new KeyDecision(key, KeyAction.Keep, null), new Obstacle(
                stem,
                $"{path} is there and cannot be used: {unusable.Fault}",
                unusable.Remedy ?? $"mend it, or use --new-key {stem} to put it aside and make a new one",
                AsksForNewKey: unusable.Remedy is null)),
            KeyOnDisk.Present present when present.Algorithm != planned.Key && !adopted.IsInPlace(planned) =>
                (new KeyDecision(key, KeyAction.Replace, new Reason(present.Description, $"{present.Description} -> {KeyNames.Of(planned.Key!.Value)}")), null),
            _ => (new KeyDecision(key, KeyAction.Keep, null), null),
        };
    }
}
