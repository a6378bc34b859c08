using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Configures programs for mutual TLS; what they cannot enforce is refused.</summary>
internal static class ConfigWriter
{
    /// <summary>Configures a program that can be a server.</summary>
    /// <param name="program">The program.</param>
    /// <param name="server">What it is to be.</param>
    /// <param name="stem">What distinguishes the party in names of files: <c>bob</c>.</param>
    public static ConfigOutcome Server(ConfigProgram program, ServerSettings server, string stem)
    {
        ProgramEntry entry = ConfigPrograms.Of(program);
        return ConfigRefusals.OfFiles(entry, server, Side.Server) ?? ConfigRefusals.OfServer(entry, server) ?? ConfigRefusals.OfFormats(entry, server)
            ?? entry.Server!(server, stem);
    }

    /// <summary>Configures a program that can be a client.</summary>
    /// <param name="program">The program.</param>
    /// <param name="client">What it is to be.</param>
    /// <param name="stem">What distinguishes the party in names of files: <c>amy</c>.</param>
    public static ConfigOutcome Client(ConfigProgram program, ClientSettings client, string stem)
    {
        ProgramEntry entry = ConfigPrograms.Of(program);
        return ConfigRefusals.OfFiles(entry, client, Side.Client) ?? ConfigRefusals.OfClient(entry, client) ?? ConfigRefusals.OfFormats(entry, client)
            ?? entry.Client!(client, stem);
    }
}
