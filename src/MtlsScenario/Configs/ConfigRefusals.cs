using System.Collections.Immutable;
using System.Net;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>What a program cannot do for a party, as its entry in the table says.</summary>
internal static class ConfigRefusals
{
    /// <summary>With more accounts to make, a configuration is no longer read by anybody.</summary>
    private const int MostAccounts = 10_000;

    /// <summary>What is wrong with the files of either end.</summary>
    public static ConfigOutcome.Refused? OfFiles(ProgramEntry entry, PartySettings party, Side side)
    {
        EndFiles files = party.Files;
        if (files.Anchors is null)
        {
            // Many programs turn to the machine's trust store then: they would accept what the scenario forbids.
            string peers = side == Side.Server ? "callers" : "servers";
            return new($"{party.Party} trusts no authority, so there is nothing to verify {peers} with", "say whom it `trusts`");
        }

        if (entry.RootsOnlyAs.Contains(side) && !files.IntermediateAnchors.IsEmpty)
        {
            string others = ConfigPrograms.WordsOf(other => other.CanBe(side) && !other.RootsOnlyAs.Contains(side));
            return new($"{entry.Word} takes only roots for trust anchors, and {party.Party} trusts {files.IntermediateAnchors[0]}", $"{others} can");
        }

        return new[] { files.Presented, files.Key, files.Anchors, files.Crls ?? "" }.FirstOrDefault(entry.CannotName) is { } path
            ? new($"{entry.Word} cannot be told of the file {VisibleText.Quoted(path)}", "take a folder of plain letters and digits")
            : OfRevocation(entry, party, side);
    }

    /// <summary>What it reads, and the party has not: said last, for it can be mended.</summary>
    public static ConfigOutcome.Refused? OfFormats(ProgramEntry entry, PartySettings party) =>
        entry.Formats.Where(format => !party.Files.Formats.ContainsKey(format)).ToImmutableArray() is { IsEmpty: false } missing ? OfFormats(entry.Word, party, missing) : null;

    /// <inheritdoc cref="OfFormats(ProgramEntry, PartySettings)"/>
    public static ConfigOutcome.Refused OfFormats(string word, PartySettings party, params ImmutableArray<string> missing) => new(
        $"{word} reads {string.Join(" and ", missing)}, which {party.Party} has not",
        $"write `formats: [{string.Join(", ", party.Files.Formats.Keys.Order(StringComparer.Ordinal).Concat(missing))}]` to its certificate, and apply");

    /// <summary>What it cannot do as a server.</summary>
    public static ConfigOutcome.Refused? OfServer(ProgramEntry entry, ServerSettings server)
    {
        string host = server.Listen.Host;
        if (entry.ListensByAddress && host != "localhost" && !IPAddress.TryParse(host, out _))
        {
            return new($"{entry.Word} listens on IP addresses only, and {server.Party} on {server.Listen}", "write the address to its `listen`");
        }

        string able = ConfigPrograms.WordsOf(other => other is { Server: not null, Admits: AdmissionSupport.EveryName });
        if (entry.Admits == AdmissionSupport.None)
        {
            return server.Admits is null
                ? null
                : new($"{entry.Word} lets in whoever it can verify, and {server.Party} admits only some", $"{able} can");
        }

        if (entry.Admits is not (AdmissionSupport.EveryName or AdmissionSupport.Elsewhere) && server.Admits?.FirstOrDefault(name => name.Kind is not null) is { } typed)
        {
            return new(
                $"{entry.Word} cannot tell callers by their subject alternative names, and {server.Party} admits {VisibleText.Quoted(typed.ToString())}",
                $"it can by a common name; {able} can by both");
        }

        if (entry.Admits is not (AdmissionSupport.KnownNames or AdmissionSupport.KnownSubjects))
        {
            return null;
        }

        string others = ConfigPrograms.WordsOf(other => other is { Server: not null, Admits: AdmissionSupport.EveryName or AdmissionSupport.CommonNames });
        AdmissionPattern? unknown = server.Admits?.FirstOrDefault(name =>
            (entry.Admits == AdmissionSupport.KnownSubjects || name.Pattern.Split('.').Contains("*")) && !server.AdmittedBy(name).Any());
        return unknown is not null
            ? new(
                $"{entry.Word} lets in callers that it has accounts for, and the scenario knows none whose only common name is {VisibleText.Quoted(unknown.ToString())}",
                $"describe the caller as a party; {others} need not know it")
            : server.Admitted.Skip(MostAccounts).Any()
                ? new($"{entry.Word} would need an account for each of more than {MostAccounts} callers", $"{others} let them in by a pattern")
                : null;
    }

    /// <summary>What it cannot do as a client.</summary>
    public static ConfigOutcome.Refused? OfClient(ProgramEntry entry, ClientSettings client) => client.Target switch
    {
        { ConnectTo: { } address } when entry.ConnectsByName => new(
            $"{entry.Word} verifies a server for the name by which it connects, and {client.Party} calls {client.Target.Host} at {address}",
            $"{ConfigPrograms.WordsOf(other => other is { Client: not null, ConnectsByName: false })} can; so can it, where that name leads there"),
        { Tls: not null } when entry.OffersEveryVersion => new(
            $"{entry.Word} offers every version of TLS, and {client.Party} is to offer one",
            $"{ConfigPrograms.WordsOf(other => other is { Client: not null, OffersEveryVersion: false })} can"),
        _ => null,
    };

    /// <summary>What checks nothing would accept the revoked, and what checks too much would accept nobody.</summary>
    private static ConfigOutcome.Refused? OfRevocation(ProgramEntry entry, PartySettings party, Side side)
    {
        if (!party.Files.ChecksRevocation)
        {
            return null;
        }

        string? why = (party.Files, entry.CrlsAs(side)) switch
        {
            ({ Crls: null }, _) => "none of the authorities that it trusts issues one, so it would let nobody in",
            (_, RevocationReach.None) => $"{entry.Word} does not check the whole chain{(entry.ChecksAsServerOnly ? " as a client" : "")}",
            ({ IntermediateAnchors: [var anchor, ..] }, RevocationReach.UpToRoots) => $"{entry.Word} checks them up to a root, and it trusts {anchor}",
            ({ CrlIssuersBeyondDotNet: [var issuer, ..] }, RevocationReach.ByPrintedCode) => $"{entry.Word} cannot verify those of {issuer}, whose key is neither RSA nor EC",
            _ => null,
        };
        string able = ConfigPrograms.WordsOf(other => other.CanBe(side) && other.CrlsAs(side) != RevocationReach.None
            && (entry.CrlsAs(side) == RevocationReach.None || other.Crls != entry.Crls));
        return why is null
            ? null
            : new($"{party.Party} checks CRLs, and {why}", party.Files.Crls is null ? "let them issue some: leave `crl: none` out" : $"{able} can");
    }
}
