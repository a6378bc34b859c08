using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Pages;

/// <summary>What is typed to make the certificates, to try them and to use them.</summary>
internal static class CommandsSection
{
    /// <summary>With more parties each is folded.</summary>
    private const int MostOpen = 4;

    /// <summary>Of more parties these are shown, those that are called first: nobody reads a thousand times the same.</summary>
    private const int MostShown = 60;

    /// <summary>Writes the commands of the tool, then each party's.</summary>
    public static void Write(HtmlWriter html, ReportContent content)
    {
        string file = ShellQuoting.Quote(content.File);
        string folder = ShellQuoting.Quote(content.Folder ?? CertificateFolder.Named(null, content.Scenario));
        Write(html, "Make the certificates, or bring them in step", $"mtls-scenario apply {file} -d {folder}\n");
        Write(html, "Try who gets through to whom", $"mtls-scenario test {file} -d {folder}\n");
        var settings = new EndSettings(content.Scenario, content.Folder ?? CertificateFolder.Named(null, content.Scenario));
        ImmutableArray<Party> parties = content.Scenario.Parties;
        foreach (Party party in parties.Length > MostShown ? parties.OrderBy(party => party.Called is null).Take(MostShown) : parties)
        {
            // Of a fleet, one shows how the others are used.
            var one = new PartyReference(party, party.Replicas is null ? null : 1);
            string title = party.Replicas is null ? one.ToString() : $"{one}, as each of {party.Name}";
            (string, string?)[] open = content.Scenario.Parties.Length > MostOpen ? [] : [("open", null)];
            html.Line();
            html.Element(
                "details",
                () =>
                {
                    html.Element("summary", () => html.Element("h3", title));
                    WriteParty(html, settings, content.Scenario, one, (file, folder));
                },
                open);
        }

        if (parties.Length > MostShown)
        {
            html.Line();
            html.Element("p", string.Create(CultureInfo.InvariantCulture, $"{parties.Length - MostShown} more parties use theirs in the same way: see mtls-scenario config, serve and call."));
        }
    }

    private static void WriteParty(HtmlWriter html, EndSettings settings, Scenario scenario, PartyReference party, (string File, string Folder) at)
    {
        string name = ShellQuoting.Quote(party.ToString());
        if (party.Party.Called is not null)
        {
            WriteServer(html, settings, party, $"mtls-scenario serve {at.File} {name} -d {at.Folder}\n");
        }

        if (party.Party.Calling is not null)
        {
            WriteClient(html, settings, scenario, party, $"mtls-scenario call {at.File} {name} -d {at.Folder}");
        }
    }

    private static void WriteServer(HtmlWriter html, EndSettings settings, PartyReference party, string serve)
    {
        Write(html, $"{party} as a server", serve);
        ServerSettings server = settings.Server(party)!;
        Write(html, $"{party} as a server, with openssl", ConfigWriter.Server(ConfigProgram.OpenSsl, server, party.FileStem));
    }

    private static void WriteClient(HtmlWriter html, EndSettings settings, Scenario scenario, PartyReference party, string call)
    {
        ImmutableArray<CallTarget> targets = CallTargets.Of(scenario, party);
        foreach (CallTarget target in targets)
        {
            string to = targets.Length == 1 ? "" : $" --to {ShellQuoting.Quote(target.Server!.ToString())}";
            Write(html, $"{party} calls {target.Server}", $"{call}{to}\n");
            ClientSettings client = settings.Client(party, target)!;
            Write(html, $"{party} calls {target.Server}, with curl", ConfigWriter.Client(ConfigProgram.Curl, client, party.FileStem));
        }

        if (targets.IsEmpty)
        {
            html.Element("p", $"{party} calls nobody.");
        }
    }

    private static void Write(HtmlWriter html, string title, ConfigOutcome outcome)
    {
        switch (outcome)
        {
            case ConfigOutcome.Written { Files: [var only] }:
                Write(html, title, only.Text);
                break;
            case ConfigOutcome.Refused refused:
                html.Element("p", VisibleText.Of($"{title}: not possible, {refused.Why}"));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Write(HtmlWriter html, string title, string commands)
    {
        html.Line();
        html.Element("p", $"{title}:");
        ReportPage.WriteCode(html, commands, title);
    }
}
