using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Serving;

namespace MtlsScenario.Tool.Trials;

/// <summary>Waits for a change of a scenario's file, or of the certificates that are tried with it.</summary>
/// <param name="context">What is around the command.</param>
/// <param name="file">The scenario's file as the user named it.</param>
internal sealed class ScenarioWatch(ToolContext context, string file)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private ImmutableArray<string> _files = [context.Resolve(file)];
    private ImmutableArray<FileStamp> _seen = [];

    /// <summary>Remembers what the files are like, before they are read.</summary>
    public void Remember() => _seen = Stamps();

    /// <summary>Looks from now on also at the files of this scenario, but for those of a fleet, which may be a million.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="folder">The folder of its certificates as the user named it, there or not; null for none.</param>
    public void LookAt(Scenario scenario, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        string root = context.Resolve(folder);
        _files =
        [
            context.Resolve(file),
            .. Planner.For(scenario).Certificates
                .Where(certificate => certificate.Replicas is null)
                .SelectMany(certificate => new[] { certificate.Files.Key, certificate.Files.Certificate, certificate.Files.Chain, certificate.Files.Anchors, certificate.Files.Crl })
                .OfType<string>()
                .Select(path => Path.Combine(root, path)),
        ];
        _seen = [_seen[0], .. Stamps().Skip(1)];
    }

    /// <summary>Waits until they are not as they were.</summary>
    public async Task UntilChangedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, context.Time);
        while (Stamps().SequenceEqual(_seen))
        {
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ImmutableArray<FileStamp> Stamps() => [.. _files.Select(FileStamp.Of)];
}
