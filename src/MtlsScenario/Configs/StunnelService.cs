using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>stunnel at either end of a program that knows no TLS.</summary>
internal static class StunnelService
{
    /// <summary>As a server, which sends back what it gets; whoever has a program puts it in place of that.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name) => ConfigOutcome.Of(name, Common(server, name) + $"""
        accept = {Colon(server.Listen)}
        # An echo. In its place: connect = HOST:PORT
        exec = /bin/cat
        execArgs = cat
        {Own(server.Files)}sslVersionMin = {(server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2")}
        verifyChain = yes
        requireCert = yes
        CAfile = {server.Files.Anchors}
        # A session that is resumed would not verify the caller again.
        sessionResume = no
        options = NO_TICKET

        """.ReplaceLineEndings("\n"));

    /// <summary>As a client, for whoever may write to its socket; or why it cannot.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        (EndFiles files, CallTarget target) = (client.Files, client.Target);
        if (!files.Key.StartsWith('/'))
        {
            return new ConfigOutcome.Refused(
                "stunnel opens its socket by a whole path only, and a port would be open to everybody of the machine", "-d says where the files are: -d /srv/certificates");
        }

        string socket = files.Beside(Path.ChangeExtension(name, ".socket"));
        bool isAddress = IPAddress.TryParse(target.Host, out _);
        (string least, string only) = target.Tls switch
        {
            TlsVersion.Tls13 => ("TLSv1.3", ""),
            TlsVersion.Tls12 => ("TLSv1.2", "sslVersionMax = TLSv1.2\n"),
            _ => ("TLSv1.2", ""),
        };
        return ConfigOutcome.Of(name, Common(client, name) + $"""
            client = yes
            # Who may write to it is {client.Party}.
            accept = {socket}
            connect = {Colon(target.ConnectTo ?? new ListenAddress(target.Host, target.Url.Port))}
            {(target.PresentsNothing ? "" : Own(files))}sslVersionMin = {least}
            {only}verifyChain = yes
            CAfile = {files.Anchors}
            {(isAddress ? $"checkIP = {target.Host}" : $"checkHost = {target.Host}\nsni = {target.Host}")}

            """.ReplaceLineEndings("\n"));
    }

    private static string Common(PartySettings party, string name) => new ConfigHeader($"Run: stunnel {name}").Of(party) + $"""
        foreground = yes
        pid =
        syslog = no

        [{GeneratedName.Of("mtls", party.Scenario, party.Party)}]

        """.ReplaceLineEndings("\n");

    private static string Own(EndFiles files) => $"cert = {files.Presented}\nkey = {files.Key}\n";

    /// <summary>The port is what follows the last colon.</summary>
    private static string Colon(ListenAddress address) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
