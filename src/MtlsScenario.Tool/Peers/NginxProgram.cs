using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>nginx, a server, with the configuration that <c>config --for nginx</c> prints.</summary>
/// <param name="program">The program.</param>
/// <param name="lifetime">Ends the servers that it has started, beside disposing of this.</param>
internal sealed class NginxProgram(InstalledProgram program, CancellationToken lifetime) : IServerPeer, IAsyncDisposable
{
    private const int MostAttempts = 3;

    private readonly IdleServers<NginxEnd, NginxProcess> _idle = new();

    private readonly MlDsaQuestion _mlDsa = new(program.Path, files =>
    [
        "-t", "-c", files.Write("asked.conf", Frame(files.Folder, $$"""
            server {
                listen 127.0.0.1:443 ssl;
                ssl_certificate {{NginxLiteral.Of(files.Chain)}};
                ssl_certificate_key {{NginxLiteral.Of(files.Key)}};
            }
            """)),
    ]);

    /// <inheritdoc/>
    public string Name => "nginx";

    /// <inheritdoc/>
    public Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => _mlDsa.AskAsync(cancellationToken);

    /// <inheritdoc/>
    public string? CannotPlay(Trial trial, EndArtifacts own) => this switch
    {
        _ when trial.Connection.At is not null => "nginx verifies certificates as of now only",
        _ when own.Anchors.IsEmpty => "nginx cannot be told to trust nobody",
        _ when !own.Anchors.All(TrustAnchors.IsSelfIssued) => "nginx takes only roots for trust anchors",
        _ when trial.Server.Certificate.Admits is { } admits && admits.Any(entry => entry.Kind is not null) =>
            "nginx cannot tell callers by their subject alternative names",
        _ => CrlSupport.Missing("nginx", own, needsOne: true),
    };

    /// <inheritdoc/>
    public async Task<IListeningPeer> ListenAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken)
    {
        var end = new NginxEnd(own, trial.Server.Certificate);
        return new NginxListener(_idle.Take(end) ?? await StartAsync(trial, own, cancellationToken).ConfigureAwait(false), end, _idle);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _idle.DisposeAsync();

    private async Task<NginxProcess> StartAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            var server = new NginxProcess(program, new PeerFiles(own), FreePort());
            try
            {
                await server.StartAsync(port => Configuration(trial, server, port), lifetime, cancellationToken).ConfigureAwait(false);
                return server;
            }
            catch (PeerFailure) when (attempt < MostAttempts && server.IsPortTaken)
            {
                // Somebody took the port between its choice and its use.
                await server.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await server.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>nginx cannot take a port of the system's choice.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Configuration(Trial trial, NginxProcess server, int port)
    {
        PeerFiles files = server.Files;
        var settings = new ServerSettings
        {
            Scenario = "a trial",
            Party = trial.Server.Party,
            Files = new EndFiles
            {
                Key = files.Key,
                Certificate = files.Leaf,
                Presented = files.Chain,
                Intermediates = [],
                Anchors = files.Anchors,
                ChecksRevocation = files.Crls is not null,
                Crls = files.Crls,
                IntermediateAnchors = [],
            },
            Listen = new ListenAddress("127.0.0.1", port),
            MinimumTls = trial.Server.Certificate.MinimumTls,
            Admits = trial.Server.Certificate.Admits,
        };
        return ConfigWriter.Server(ConfigProgram.Nginx, settings, "trial") switch
        {
            ConfigOutcome.Written { Files: [var file] } => Frame(files.Folder, file.Text),
            ConfigOutcome.Refused refused => throw new PeerFailure("nginx", refused.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Frame(string folder, string server)
    {
        string user = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "user root;\n" : "";
        string temporary = string.Concat(
            ((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind =>
                string.Create(CultureInfo.InvariantCulture, $"{kind}_temp_path {NginxLiteral.Of(Path.Combine(folder, kind))};\n")));
        return $$"""
            {{user}}daemon off;
            worker_processes 1;
            pid {{NginxLiteral.Of(Path.Combine(folder, "nginx.pid"))}};
            error_log stderr info;
            events {
                worker_connections 64;
            }
            http {
            {{temporary}}keepalive_timeout 0;
            log_format report escape=json '{"status":"$status","verify":"$ssl_client_verify","version":"$ssl_protocol","cert":"$ssl_client_raw_cert","connection":"$connection"}';
            access_log {{NginxLiteral.Of(Path.Combine(folder, NginxProcess.AccessLog))}} report;
            {{server}}
            }

            """.ReplaceLineEndings("\n");
    }
}
