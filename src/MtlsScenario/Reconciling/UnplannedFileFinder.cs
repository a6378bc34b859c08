using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>Finds the files in the folder that no certificate of the plan accounts for.</summary>
internal sealed class UnplannedFileFinder
{
    /// <summary>By folder, the file names that the plan knows; each may hold the placeholder, with the fleet that it stands for.</summary>
    private readonly Dictionary<string, HashSet<(string Name, Replication? Replicas)>> _known = new(StringComparer.Ordinal);

    private UnplannedFileFinder()
    {
    }

    /// <summary>The strangers, relative to the folder, sorted; a folder ends in <c>/</c> and stands for all that it holds.</summary>
    public static ImmutableArray<string> Find(Plan plan, FolderReader reader)
    {
        var finder = new UnplannedFileFinder();
        foreach (PlannedCertificate certificate in plan.Certificates)
        {
            finder.Know(certificate.Files.Key, certificate.Replicas);
            finder.Know(certificate.Files.Certificate, certificate.Replicas);
            if (certificate is { IsExternal: true, IsAuthority: false })
            {
                finder.Know(certificate.Files.Chain ?? FileNames.ProvidedChain(certificate.Files.Certificate), null);
            }

            foreach (PlanStep step in certificate.Steps)
            {
                if (step is not RequestCertificate { IsKept: false } || plan[certificate.Issuer!].IsExternal)
                {
                    finder.Know(step.Output, certificate.Replicas);
                }
            }
        }

        foreach (FinalStep final in plan.FinalSteps.Concat(plan.CrlSteps))
        {
            finder.Know(final.Step.Output, final.Replicas);
        }

        return [.. finder.Strangers(reader, folder: "", path: "", number: null).Order(StringComparer.Ordinal)];
    }

    private void Know(string path, Replication? replicas)
    {
        string folder = "";
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            Add(folder, path[folder.Length..(slash + 1)], replicas);
            folder = path[..(slash + 1)];
        }

        Add(folder, path[folder.Length..], replicas);
    }

    private void Add(string folder, string name, Replication? replicas)
    {
        if (!_known.TryGetValue(folder, out HashSet<(string Name, Replication? Replicas)>? names))
        {
            _known.Add(folder, names = []);
        }

        names.Add((name, replicas));
    }

    private IEnumerable<string> Strangers(FolderReader reader, string folder, string path, int? number)
    {
        if (!_known.TryGetValue(folder, out HashSet<(string Name, Replication? Replicas)>? known) || reader.FolderFault(path) is not null)
        {
            yield break;
        }

        var plain = new HashSet<string>(StringComparer.Ordinal);
        var fleets = new List<(string Name, Replication? Replicas)>();
        foreach ((string Name, Replication? Replicas) name in known)
        {
            if (Replication.IsIn(name.Name))
            {
                fleets.Add(name);
            }
            else
            {
                plain.Add(name.Name);
            }
        }

        foreach (string name in reader.Names(path))
        {
            string template = name;
            int? found = number;
            if (!plain.Contains(name))
            {
                (string? fleet, int? digits) = Match(fleets, name, number);
                if (fleet is null)
                {
                    if (!FileNames.IsOwn(name.TrimEnd('/')))
                    {
                        yield return path + name;
                    }

                    continue;
                }

                (template, found) = (fleet, digits);
            }

            if (name.EndsWith('/'))
            {
                foreach (string stranger in Strangers(reader, folder + template, path + name, found))
                {
                    yield return stranger;
                }
            }
        }
    }

    /// <summary>The template that a name is an instance of, with its number; in a replica's folder only that replica's.</summary>
    private static (string? Template, int? Number) Match(List<(string Name, Replication? Replicas)> fleets, string name, int? number)
    {
        foreach ((string template, Replication? replicas) in fleets)
        {
            if (replicas!.NumberIn(template, name) is { } value && (number is null || number == value))
            {
                return (template, value);
            }
        }

        return (null, null);
    }
}
