using System.Globalization;
using System.Text.RegularExpressions;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports certificates with one file stem or one object of Kubernetes, and owners with one folder: they would overwrite each other.</summary>
internal static partial class FileCollisions
{
    public static void Check(BoundScenario scenario, FolderLayout folders, FaultList faults)
    {
        CheckNames(
            "file stem",
            [
                .. scenario.Authorities.Select(authority =>
                    new Taken(FileNames.Stem(authority.Model), authority.Model.Name, null, authority.Certificate.Fields.Owner, authority.Certificate.Label)),
                .. scenario.PartyCertificates.Select(pair => new Taken(
                    FileNames.Stem(pair.Party.Model, pair.Use.Model.Role),
                    pair.Party.Model.Name,
                    pair.Party.Model.Replicas,
                    pair.Use.Certificate.Fields.Owner,
                    pair.Use.Certificate.Label)),
            ],
            faults);
        CheckNames("Kubernetes object", Objects(scenario), faults);
        if (folders == FolderLayout.ByParty)
        {
            CheckNames(
                "folder",
                [
                    .. scenario.Authorities.Where(authority => authority.Model.Operator is null).Select(authority =>
                        new Taken(authority.Model.Name, authority.Model.Name, null, authority.Certificate.Fields.Owner, authority.Certificate.Label)),
                    .. scenario.Parties.Select(party => new Taken(
                        party.Model.Replicas is null ? party.Model.Name : $"{party.Model.Name}-{Replication.Placeholder}",
                        party.Model.Name,
                        party.Model.Replicas,
                        party.Fields.Owner,
                        $"party {VisibleText.Quoted(party.Model.Name)}")),
                ],
                faults);
        }
    }

    private static IEnumerable<Taken> Objects(BoundScenario scenario)
    {
        foreach ((BoundParty party, BoundPartyCertificate use) in scenario.PartyCertificates)
        {
            if (use.Model.Formats.Any(format => format.Kind == FormatKind.Kubernetes))
            {
                string name = FileNames.ObjectName(FileNames.Stem(party.Model, use.Model.Role));
                yield return new Taken(name, party.Model.Name, party.Model.Replicas, use.Certificate.Fields.Owner, use.Certificate.Label);
            }
        }
    }

    private static void CheckNames(string what, IEnumerable<Taken> all, FaultList faults)
    {
        var single = new Dictionary<string, Taken>(StringComparer.OrdinalIgnoreCase);
        var fleets = new Dictionary<string, Taken>(StringComparer.OrdinalIgnoreCase);
        Taken[] inOrder = [.. all.OrderBy(taken => taken.Position)];
        foreach (Taken taken in inOrder)
        {
            Dictionary<string, Taken> own = taken.Replicas is null ? single : fleets;

            // Owners of one name are reported as that already.
            if (!own.TryAdd(taken.Name, taken) && !string.Equals(own[taken.Name].Owner, taken.Owner, StringComparison.OrdinalIgnoreCase))
            {
                Report(what, taken, taken.Name, own[taken.Name], faults);
            }
        }

        // A single name of the form of a fleet's: device-1_client beside a party device with replicas.
        foreach (Taken taken in inOrder.Where(taken => taken.Replicas is null))
        {
            Match match = Numbered().Match(taken.Name);
            string template = $"{match.Groups["before"].Value}{Replication.Placeholder}{match.Groups["after"].Value}";
            if (match.Success
                && fleets.TryGetValue(template, out Taken? fleet)
                && match.Groups["number"].Value is var number
                && int.Parse(number, CultureInfo.InvariantCulture) is var value and > 0
                && value <= fleet.Replicas
                && number == value.ToString(CultureInfo.InvariantCulture))
            {
                bool isLater = taken.Position > fleet.Position;
                Report(what, isLater ? taken : fleet, taken.Name, isLater ? fleet : taken, faults);
            }
        }
    }

    private static void Report(string what, Taken taken, string name, Taken first, FaultList faults) => faults.Error(
        taken.Position,
        DiagnosticCodes.FileCollision,
        $"the {what} {VisibleText.Quoted(name)} of {taken.Label} is also that of {first.Label}",
        "rename one of them");

    [GeneratedRegex(@"^(?<before>.+-)(?<number>[0-9]{1,7})(?<after>([_-][a-z]+)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    private sealed record Taken(string Name, string Owner, int? Replicas, SourcePosition Position, string Label);
}
