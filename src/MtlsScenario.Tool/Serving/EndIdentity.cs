using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>Loads what a party has in hand from the folder of the certificates.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="root">The folder, an absolute path.</param>
/// <param name="place">Where both are, as the user said it.</param>
/// <param name="passwords">What may open the stores of who has nothing else; null where nobody looks for any.</param>
internal sealed class EndIdentity(Scenario scenario, string root, ScenarioPlace place, StorePasswordOrder? passwords = null)
{
    private readonly Plan _plan = Planner.For(scenario);

    /// <summary>Loads it for .NET. The caller disposes of it.</summary>
    /// <exception cref="EnvironmentException">A file is missing or cannot be used, or .NET cannot use what is in it.</exception>
    public DotNetIdentity Load(PartyReference party, PartyCertificate certificate, Side side)
    {
        var source = new FolderArtifacts(scenario, _plan, new FolderReader(root), passwords?.All);
        var end = new TrialEnd(party.Party.Name, party.Number, certificate);
        EndArtifactsResult result = source.Read(end);
        using EndArtifacts? artifacts = result.Artifacts;
        if (artifacts is null)
        {
            string elsewhere = place.Folder is null ? "; -d says where the files are" : "";
            throw new EnvironmentException($"{result.Fault}", source.ClosedStores(end).Any()
                ? GivenPassword.Hint
                : $"{place.Command("apply")} makes what is missing, and {place.Command("plan")} says what else is wrong{elsewhere}");
        }

        try
        {
            return DotNetIdentity.Load(artifacts);
        }
        catch (NotSupportedException exception)
        {
            string[] role = certificate.Role == Role.Peer ? ["--role", SideNames.NameOf(side)] : [];
            throw new EnvironmentException(
                $"not tried: {exception.Message}",
                $"{place.Command("plan")} says whether the files fit each other; "
                + $"{place.Command("config", [party.ToString(), "--for", "openssl", .. role])} configures another program");
        }
    }

    /// <summary>The files that it is loaded from, absolute paths.</summary>
    public static ImmutableArray<string> FilesOf(EndFiles files) =>
        [.. new[] { files.Key, files.Presented, files.Anchors, files.Crls, Store(files, ArtifactKind.Pkcs12), Store(files, ArtifactKind.TrustStore) }.OfType<string>()];

    private static string Store(EndFiles files, ArtifactKind kind) => files.Key[..^FileNames.Suffix(ArtifactKind.Key).Length] + FileNames.Suffix(kind);
}
