using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Importing;

/// <summary>nginx and curl, pointed at files that somebody made.</summary>
internal static class NginxCall
{
    /// <summary>Starts nginx with the one's files and calls it with the other's, and without a certificate.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="server">Certificate or chain, key and trust anchors, with blanks in between.</param>
    /// <param name="client">The same of the caller.</param>
    public static async Task GetThroughAsync(string folder, string server, string client)
    {
        int port = FreePort.Take();
        (string[] bob, string[] amy) = (server.Split(' '), client.Split(' '));
        string work = Directory.CreateTempSubdirectory("mtls-scenario-nginx-").FullName;
        string configuration = Path.Combine(work, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            pid {{work}}/nginx.pid; error_log stderr notice; daemon off; events {}
            http {
                access_log off; client_body_temp_path {{work}}/1; proxy_temp_path {{work}}/2; fastcgi_temp_path {{work}}/3; uwsgi_temp_path {{work}}/4; scgi_temp_path {{work}}/5;
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    ssl_certificate "{{folder}}/{{bob[0]}}"; ssl_certificate_key "{{folder}}/{{bob[1]}}";
                    ssl_client_certificate "{{folder}}/{{bob[2]}}"; ssl_verify_client on; ssl_verify_depth 3;
                    return 200 "through";
                }
            }
            """);
        try
        {
            await using RunningProgram nginx = await RunningProgram.StartServerAsync(folder, port, "nginx", "-p", work, "-c", configuration, "-e", "stderr");
            string curl = $"curl -sS --max-time 120 --capath /dev/null --cacert '{amy[2]}' https://localhost:{port}/";
            BufferedCommandResult called = await Shell.RunAsync(folder, $"{curl} --cert '{amy[0]}' --key '{amy[1]}'");
            Assert.Equal((0, "", "through"), (called.ExitCode, called.StandardError, called.StandardOutput));
            Assert.Contains("No required SSL certificate was sent", (await Shell.RunAsync(folder, curl)).StandardOutput, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
