using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Configures programs for mutual TLS, and refuses what they cannot enforce, which their table says.</summary>
internal static class ConfigWriter
{
    /// <summary>Configures a program that can be a server.</summary>
    /// <param name="program">The program.</param>
    /// <param name="server">What it is to be.</param>
    /// <param name="stem">What distinguishes the party in names of files: <c>bob</c>.</param>
    public static ConfigOutcome Server(ConfigProgram program, ServerSettings server, string stem)
    {
        ProgramEntry entry = ConfigPrograms.Of(program);
        return RefusedFiles(entry, server, Side.Server) ?? RefusedRevocation(entry, server, Side.Server) ?? RefusedAdmission(entry, server) ?? entry.Server!(server, stem);
    }

    /// <summary>Configures a program that can be a client.</summary>
    /// <param name="program">The program.</param>
    /// <param name="client">What it is to be.</param>
    /// <param name="stem">What distinguishes the party in names of files: <c>amy</c>.</param>
    public static ConfigOutcome Client(ConfigProgram program, ClientSettings client, string stem)
    {
        ProgramEntry entry = ConfigPrograms.Of(program);
        return RefusedFiles(entry, client, Side.Client) ?? RefusedRevocation(entry, client, Side.Client) ?? entry.Client!(client, stem);
    }

    private static ConfigOutcome.Refused? RefusedFiles(ProgramEntry entry, PartySettings party, Side side)
    {
        EndFiles files = party.Files;
        if (files.Anchors is null)
        {
            // Many programs turn to the machine's trust store then: they would accept what the scenario forbids.
            string peers = side == Side.Server ? "callers" : "servers";
            return new ConfigOutcome.Refused($"{party.Party} trusts no authority, so there is nothing to verify {peers} with", "say whom it `trusts`");
        }

        if (entry.RootsOnlyAs.Contains(side) && !files.IntermediateAnchors.IsEmpty)
        {
            string others = ConfigPrograms.WordsOf(other => other.CanBe(side) && !other.RootsOnlyAs.Contains(side));
            return new ConfigOutcome.Refused(
                $"{entry.Word} takes only roots for trust anchors, and {party.Party} trusts {files.IntermediateAnchors[0]}", $"{others} can");
        }

        ImmutableArray<string> missing = [.. entry.Formats.Where(format => !files.Formats.ContainsKey(format))];
        return missing.IsEmpty
            ? null
            : new ConfigOutcome.Refused(
                $"{entry.Word} reads {string.Join(" and ", missing)}, which {party.Party} has not",
                $"write `formats: [{string.Join(", ", files.Formats.Keys.Order(StringComparer.Ordinal).Concat(missing))}]` to its certificate, and apply");
    }

    /// <summary>What checks nothing would accept the revoked, and what checks too much would accept nobody.</summary>
    private static ConfigOutcome.Refused? RefusedRevocation(ProgramEntry entry, PartySettings party, Side side)
    {
        if (!party.Files.ChecksRevocation)
        {
            return null;
        }

        string? why = (party.Files, entry.Crls) switch
        {
            ({ Crls: null }, _) => "none of the authorities that it trusts issues one, so it would let nobody in",
            (_, RevocationSupport.None) => $"{entry.Word} checks none",
            ({ IntermediateAnchors: [var anchor, ..] }, RevocationSupport.UpToRoots) => $"{entry.Word} checks them up to a root, and it trusts {anchor}",
            ({ CrlIssuersBeyondDotNet: [var issuer, ..] }, RevocationSupport.ByPrintedCode) => $"{entry.Word} cannot verify those of {issuer}, whose key is neither RSA nor EC",
            _ => null,
        };
        string able = ConfigPrograms.WordsOf(other => other.CanBe(side) && other.Crls != RevocationSupport.None
            && (entry.Crls == RevocationSupport.None || other.Crls != entry.Crls));
        return why is null
            ? null
            : new ConfigOutcome.Refused($"{party.Party} checks CRLs, and {why}", party.Files.Crls is null ? "let them issue some: leave `crl: none` out" : $"{able} can");
    }

    private static ConfigOutcome.Refused? RefusedAdmission(ProgramEntry entry, ServerSettings server)
    {
        string able = ConfigPrograms.WordsOf(other => other is { Server: not null, Admits: AdmissionSupport.EveryName });
        AdmissionPattern? typed = server.Admits?.FirstOrDefault(name => name.Kind is not null);
        return entry.Admits switch
        {
            AdmissionSupport.None when server.Admits is not null => new ConfigOutcome.Refused(
                $"{entry.Word} lets in whoever it can verify, and {server.Party} admits only some", $"{able} can"),
            AdmissionSupport.CommonNames when typed is not null => new ConfigOutcome.Refused(
                $"{entry.Word} cannot tell callers by their subject alternative names, and {server.Party} admits {VisibleText.Quoted(typed.ToString())}",
                $"it can by a common name; {able} can by both"),
            _ => null,
        };
    }
}
