using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Serving;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>What <c>serve</c> and <c>call</c> do, in this process, beside the programs that are configured.</summary>
internal static class ServedParty
{
    public const string Serve = "serve";

    public const string Call = "call";

    /// <summary>Serves as that party until it is disposed of.</summary>
    /// <param name="made">The scenario and its folder.</param>
    /// <param name="party">The party.</param>
    /// <param name="listen">Where; null for where it listens.</param>
    /// <param name="admits">Whom it lets in; null for whom it admits.</param>
    public static async Task<IAsyncDisposable> StartAsync(
        ConfiguredScenario made, string party, ListenAddress? listen = null, ImmutableArray<AdmissionPattern>? admits = null)
    {
        PartyReference reference = PartyReference.Read(made.Scenario, party, out _)!;
        PartyCertificate certificate = reference.Party.Called!;
        var log = new ServeLog(new ToolContext
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            Input = Stream.Null,
            Time = TimeProvider.System,
            WorkingDirectory = made.Folder,
            Environment = _ => null,
        });
        EndSource source = new(
            EndIdentity.FilesOf(new EndSettings(made.Scenario, made.Folder).Server(reference)!.Files),
            () => new ServedEnd(
                new EndIdentity(made.Scenario, made.Folder, PlaceOf(made)).Load(reference, certificate, Side.Server),
                certificate.MinimumTls,
                new Admission(admits ?? certificate.Admits)));
        var end = new LiveEnd(source, log.Note);
        return await MutualTlsServer.StartAsync(
            listen ?? certificate.Listen,
            new ServerHandshake(end, log),
            new CallerAnswer(party, end, log),
            log,
            CancellationToken.None);
    }

    /// <summary>Calls bob once as that party.</summary>
    public static async Task<CallReport> CallAsync(ConfiguredScenario made, string party)
    {
        PartyReference reference = PartyReference.Read(made.Scenario, party, out _)!;
        CallTarget target = CallTargets.Of(made.Scenario, reference).Single(target => target.Server!.Party == "bob");
        ClientSettings settings = new EndSettings(made.Scenario, made.Folder).Client(reference, target)!;
        using DotNetIdentity identity = new EndIdentity(made.Scenario, made.Folder, PlaceOf(made))
            .Load(reference, reference.Party.Calling!, Side.Client);
        var advice = new CallAdvice(made.Scenario, PlaceOf(made), reference, target);
        return await new MutualTlsClient(settings, identity, advice, () => null).CallAsync(CancellationToken.None);
    }

    private static ScenarioPlace PlaceOf(ConfiguredScenario made) => new(made.Scenario.Name + ".yaml", made.Folder);
}
