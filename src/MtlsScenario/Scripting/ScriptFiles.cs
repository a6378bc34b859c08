using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The files that a script takes and delivers, in the order in which it makes them.</summary>
/// <param name="scope">The steps.</param>
/// <param name="leftovers">What openssl leaves beside its work, where it works in the folder itself; null where in one of its own.</param>
internal sealed class ScriptFiles(ScriptScope scope, IEnumerable<string>? leftovers = null)
{
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

    /// <summary>The files, together where they are listed once or in one loop.</summary>
    public IEnumerable<(ScriptStep Step, ImmutableArray<ScriptFile> Files)> All()
    {
        ScriptStep? owner = null;
        var together = ImmutableArray.CreateBuilder<ScriptFile>();
        foreach ((ScriptStep step, ScriptFile file) in Files())
        {
            // What is not a replica's own, such as the issuer's certificate, is there once.
            ScriptStep next = IsOfFleet(file) ? step : step with { Replicas = null };
            if (owner is not null && !(owner.IsInLoopWith(next) || (owner.Replicas is null && next.Replicas is null)))
            {
                yield return (owner, together.DrainToImmutable());
            }

            owner = next;
            together.Add(file);
        }

        if (owner is not null)
        {
            yield return (owner, together.DrainToImmutable());
        }
    }

    private IEnumerable<(ScriptStep Step, ScriptFile File)> Files()
    {
        foreach (ScriptStep step in scope.Steps)
        {
            foreach (ScriptFile file in FilesOf(step).Where(file => _listed.Add(file.Path)))
            {
                yield return (step, file);
            }
        }

        foreach ((PlannedCertificate certificate, string file) in scope.NeededInTheEnd())
        {
            if (_listed.Add(file))
            {
                var step = new ScriptStep(certificate.Steps[0], certificate, certificate.Replicas, []);
                yield return (step, new ScriptFile(file, FileUse.Given));
            }
        }

        foreach (string leftover in leftovers ?? [])
        {
            yield return (scope.Steps[0], new ScriptFile(leftover, FileUse.Removed));
        }
    }

    private static bool IsOfFleet(ScriptFile file) => Replication.IsIn(file.Path);

    private IEnumerable<ScriptFile> FilesOf(ScriptStep step)
    {
        foreach (string given in scope.Given(step).Concat(ScriptScope.GivenPerhaps(step).Where(file => !scope.Makes(file))))
        {
            yield return new ScriptFile(given, FileUse.Given);
        }

        string output = step.Step.Output;
        ImmutableArray<Actor> receivers = scope.ReceiversOf(step);
        string? whom = receivers.IsEmpty ? null : string.Join(" and ", receivers.Select(StepHeading.NameOf));
        FileUse use = step.Step switch
        {
            GenerateKey => FileUse.Kept,
            RequestCertificate or HandOver { Kind: ArtifactKind.Request } when scope.IsPart || (leftovers is null && scope.IsSignedElsewhere(step.Certificate)) => FileUse.Reused,
            SignCrl or WriteCrls => FileUse.Reused,
            SignCertificate or HandOver { Kind: ArtifactKind.Certificate } when leftovers is null && scope.IsSignedElsewhere(step.Certificate) => FileUse.Reused,
            WriteFormat { HoldsKey: true } => FileUse.Formed,
            _ => FileUse.Made,
        };
        if (scope.IsPart || !scope.Passing.Contains(output))
        {
            KeyAlgorithm? kind = step.Step is GenerateKey key ? key.Algorithm : null;
            yield return new ScriptFile(output, use, whom, kind);
        }
        else if (leftovers is not null)
        {
            yield return new ScriptFile(output, FileUse.Removed);
        }
    }
}
