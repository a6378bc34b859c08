using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Configures programs for mutual TLS.</summary>
internal static class ConfigWriter
{
    /// <summary>Whether the program can be that end of a connection.</summary>
    public static bool CanBe(ConfigProgram program, Side side) => program switch
    {
        ConfigProgram.Node or ConfigProgram.OpenSsl => true,
        ConfigProgram.Curl or ConfigProgram.DotNet => side == Side.Client,
        ConfigProgram.Nginx or ConfigProgram.Haproxy or ConfigProgram.Kestrel => side == Side.Server,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Configures a program that can be a server.</summary>
    /// <param name="program">The program.</param>
    /// <param name="server">What it is to be.</param>
    /// <param name="stem">What distinguishes the party in names of files: <c>bob</c>.</param>
    public static ConfigOutcome Server(ConfigProgram program, ServerSettings server, string stem)
    {
        if (server.Files.Anchors is null)
        {
            return TrustsNobody(server.Party, "callers");
        }

        return program switch
        {
            ConfigProgram.Node => NodeServer.Of(server, $"app_{stem}.js"),
            ConfigProgram.OpenSsl => OpenSslServer.Of(server, $"s_server_{stem}.sh"),
            ConfigProgram.Nginx => NginxServer.Of(server, $"{stem}.conf"),
            ConfigProgram.Haproxy => HaproxyServer.Of(server, $"{stem}.cfg"),
            ConfigProgram.Kestrel => KestrelServer.Of(server),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Configures a program that can be a client.</summary>
    /// <param name="program">The program.</param>
    /// <param name="client">What it is to be.</param>
    /// <param name="stem">What distinguishes the party in names of files: <c>amy</c>.</param>
    public static ConfigOutcome Client(ConfigProgram program, ClientSettings client, string stem)
    {
        if (client.Files.Anchors is null)
        {
            return TrustsNobody(client.Party, "servers");
        }

        return program switch
        {
            ConfigProgram.Curl => CurlCommand.Of(client, $"curl_{stem}.sh"),
            ConfigProgram.Node => NodeClient.Of(client, $"app_{stem}.js"),
            ConfigProgram.OpenSsl => OpenSslClient.Of(client, $"s_client_{stem}.sh"),
            ConfigProgram.DotNet => HttpClientProgram.Of(client, $"app_{stem}.cs"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Without anchors many programs turn to the machine's trust store: then they would accept what the scenario forbids.</summary>
    private static ConfigOutcome.Refused TrustsNobody(string party, string peers) => new(
        $"{party} trusts no authority, so there is nothing to verify {peers} with", "say whom it `trusts`");
}
