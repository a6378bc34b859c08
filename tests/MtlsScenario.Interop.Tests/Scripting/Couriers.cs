using System.Text.RegularExpressions;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Runs the parts of a plan, each in a folder of its own, and carries what a script says that it made for others.</summary>
internal sealed partial class Couriers(ScriptFolder folder, Plan plan)
{
    private readonly Dictionary<string, string> _makers = new(StringComparer.Ordinal);

    /// <summary>Who has something to run.</summary>
    public string[] Actors { get; } =
    [
        .. plan.Certificates.Select(certificate => certificate.Holder.Name)
            .Concat(plan.Certificates.SelectMany(certificate => certificate.Steps).Select(step => step.Actor.Name))
            .Distinct(),
    ];

    /// <summary>
    /// How far below the roots what somebody signs is: the authorities of third parties come first, and of them last who signs
    /// another's list.
    /// </summary>
    public int DepthOf(string actor) => (2 * plan.Certificates
        .Where(certificate => certificate.Holder.Name == actor)
        .Max(certificate => Above(certificate).Count(above => above.Holder.Name != actor)))
        + (plan.CrlSteps.Any(step => step.Step is SignCrl sign && sign.Actor.Name == actor && sign.Issuer.Name != sign.Signer.Name) ? 1 : 0);

    /// <summary>Runs all of them, in turns, until none waits for another.</summary>
    public async Task RunUntilDoneAsync()
    {
        var waiting = new List<string>(Actors);
        for (int round = 0; waiting.Count > 0; round++)
        {
            Assert.True(round <= plan.Certificates.Length, $"they wait for each other: {string.Join(", ", waiting)}");
            foreach (string actor in waiting.ToArray())
            {
                BufferedCommandResult run = await RunAsync(actor);
                Assert.True(run.ExitCode is 0 or 3, run.StandardError);
                if (run.ExitCode == 0)
                {
                    waiting.Remove(actor);
                }
                else
                {
                    Assert.Matches(@"^waiting for [^ \n]+ from [^\n]+; when it is there, run this again\n$", run.StandardError);
                }
            }
        }
    }

    /// <summary>Runs one, and carries.</summary>
    public async Task<BufferedCommandResult> RunAsync(string actor)
    {
        string script = ScriptWriter.Write(plan, new ScriptOptions { For = actor });
        BufferedCommandResult run = await folder.TryAsync(script, new ScriptRun { Arguments = [actor], File = $"{actor}.sh" });
        foreach (Match made in Made().Matches(run.StandardOutput))
        {
            string file = made.Groups["file"].Value;
            _makers[file] = actor;
            string[] receivers = made.Groups["whom"].Success ? made.Groups["whom"].Value.Split(" and ") : [];
            foreach (string receiver in receivers.Select(whom => whom.Split(" 1 to ")[0]))
            {
                string name = Actors.Single(other => string.Equals(other, receiver, StringComparison.OrdinalIgnoreCase));
                string target = folder.At(Path.Combine(name, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(folder.At(Path.Combine(actor, file)), target, overwrite: true);
            }
        }

        return run;
    }

    /// <summary>Puts what each made together, as if one had made it all, with the modes that it has.</summary>
    public void Gather()
    {
        foreach ((string file, string maker) in _makers)
        {
            string source = folder.At(Path.Combine(maker, file));
            if (File.Exists(source))
            {
                string target = Path.Combine(folder.Out, file);
                string parent = Path.GetDirectoryName(target)!;
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(parent);
                }
                else
                {
                    Directory.CreateDirectory(parent, (UnixFileMode)0b111_000_000);
                }

                File.Copy(source, target, overwrite: true);
            }
        }
    }

    private IEnumerable<PlannedCertificate> Above(PlannedCertificate certificate)
    {
        for (string? issuer = certificate.Issuer; issuer is not null; issuer = plan[issuer].Issuer)
        {
            yield return plan[issuer];
        }
    }

    [GeneratedRegex(@"^made (?<file>[^ \n]+)(?: for (?<whom>[^\n]+))?$", RegexOptions.Multiline)]
    private static partial Regex Made();
}
