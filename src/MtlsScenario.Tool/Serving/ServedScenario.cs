using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>A party that is served, as its scenario has it, also when that changes meanwhile.</summary>
/// <param name="context">What is around the command.</param>
/// <param name="place">Where the scenario and its certificates are.</param>
/// <param name="party">The party, as the user named it.</param>
/// <param name="passwords">What may open its stores.</param>
internal sealed class ServedScenario(ToolContext context, ScenarioPlace place, string party, StorePasswordOrder passwords)
{
    /// <summary>The oldest version that is accepted, whatever the scenario says; null for what that says.</summary>
    public TlsVersion? Minimum { get; init; }

    /// <summary>Where it listens for the scenario's sake, which cannot be changed; null where that was said elsewhere.</summary>
    public ListenAddress? Listen { get; init; }

    /// <summary>Loads it, and takes up what changes from then on.</summary>
    /// <exception cref="EnvironmentException">Its files cannot be used.</exception>
    public LiveEnd Start(Scenario scenario, ServeLog log)
    {
        // What comes through a pipe is there once.
        string file = context.Resolve(place.File);
        bool isThere = place.File != "-" && FileStamp.Of(file).Length > 0;
        return new LiveEnd(SourceOf(scenario), log.Note, isThere ? (file, () => Read(log)) : null);
    }

    private EndSource Read(ServeLog log)
    {
        ScenarioReadResult read = ScenarioFile.Read(context, place.File);
        Diagnostic[] errors = [.. read.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (read.Scenario is not { } scenario)
        {
            throw new EnvironmentException($"{errors[0] with { Hint = null }}{(errors.Length == 1 ? "" : $" (and {errors.Length - 1} more)")}");
        }

        EndSource source = SourceOf(scenario);
        passwords.Learn(Planner.For(scenario));
        if (Listen is { } listen && PartyReference.Read(scenario, party, out _)?.Party.Called?.Listen is { } elsewhere && elsewhere != listen)
        {
            log.Note($"still listens on {listen}, and on {elsewhere} once it is started anew");
        }

        return source;
    }

    private EndSource SourceOf(Scenario scenario)
    {
        PartyReference reference = PartyReference.Read(scenario, party, out string why) ?? throw new EnvironmentException(why);
        PartyCertificate certificate = reference.Party.Called ?? throw new EnvironmentException($"{reference} has no certificate to be called with any more");
        string root = context.Resolve(CertificateFolder.Named(place.Folder, scenario));
        var end = new EndIdentity(scenario, root, place, passwords);
        return new EndSource(
            EndIdentity.FilesOf(new EndSettings(scenario, root).Server(reference)!.Files),
            () => new ServedEnd(end.Load(reference, certificate, Side.Server), Minimum ?? certificate.MinimumTls, new Admission(certificate.Admits)));
    }
}
