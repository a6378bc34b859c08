using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Runtimes;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Starts servers as they are configured, each with the real program.</summary>
internal static class ServerRunner
{
    /// <summary>Starts the program as several servers in one process, and waits until the last of them listens.</summary>
    /// <param name="made">Where it runs.</param>
    /// <param name="program">nginx, haproxy, Apache or Node.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="more">What else is in the configuration of nginx, haproxy or Apache.</param>
    /// <param name="edit">Changes what is configured.</param>
    public static async Task<RunningProgram> StartAsync(
        ConfiguredScenario made, ConfigProgram program, ImmutableArray<ServerSettings> servers, string more = "", Func<string, string>? edit = null)
    {
        ImmutableArray<string> texts = [.. servers.Select(server => ((ConfigOutcome.Written)ConfigWriter.Server(program, server, "server")).Files[0].Text).Select(text => edit?.Invoke(text) ?? text)];
        int port = servers[^1].Listen.Port;
        switch (program)
        {
            case ConfigProgram.Nginx:
                return await StartNginxAsync(made.Folder, port, string.Concat(texts) + more);
            case ConfigProgram.Haproxy:
                ImmutableArray<string> files = [.. texts.Append(more).Select((_, index) => $"several{index}.cfg")];
                texts.Append(more).Zip(files).ToList().ForEach(file => File.WriteAllText(made.At(file.Second), file.First));
                return await RunningProgram.StartServerAsync(made.Folder, port, ["haproxy", "-db", .. files.SelectMany(file => new[] { "-f", file })]);
            case ConfigProgram.Apache:
                return await StartApacheAsync(made, port, string.Concat(texts) + more);
            case ConfigProgram.Node:
                File.WriteAllText(made.At("several.js"), string.Concat(texts.Select(text => $"(() => {{\n{text}}})();\n")));
                return await RunningProgram.StartServerAsync(made.Folder, port, "node", "several.js");
            default:
                throw new ArgumentOutOfRangeException(nameof(program), program, "It is one server a process.");
        }
    }

    /// <summary>Starts the program as that party, and waits until it listens.</summary>
    public static async Task<RunningProgram> StartAsync(ConfiguredScenario made, ConfigProgram program, string party = "bob")
    {
        ImmutableArray<ConfigFile> files = made.WriteServer(program, party);
        int port = made.Scenario.Party(party).Called!.Listen.Port;
        string name = files[0].Name;
        switch (program)
        {
            case ConfigProgram.Node:
                return await RunningProgram.StartServerAsync(made.Folder, port, "node", name);
            case ConfigProgram.OpenSsl:
                return await RunningProgram.StartServerAsync(made.Folder, port, "sh", name);
            case ConfigProgram.Nginx:
                return await StartNginxAsync(made.Folder, port, $"include {name};");
            case ConfigProgram.Apache:
                return await StartApacheAsync(made, port, $"Include {name}\n");
            case ConfigProgram.Haproxy:
                return await RunningProgram.StartServerAsync(made.Folder, port, "haproxy", "-db", "-f", name);
            case ConfigProgram.Kestrel:
                File.WriteAllText(made.At("server.csproj"), """
                    <Project Sdk="Microsoft.NET.Sdk.Web">
                      <PropertyGroup>
                        <TargetFramework>net10.0</TargetFramework>
                        <Nullable>enable</Nullable>
                        <ImplicitUsings>enable</ImplicitUsings>
                        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                      </PropertyGroup>
                    </Project>
                    """);
                var build = await Shell.RunAsync(made.Folder, "dotnet build server.csproj --nologo -v q -o built -nodeReuse:false");
                Assert.True(build.ExitCode == 0, build.StandardOutput);
                return await RunningProgram.StartServerAsync(made.Folder, port, "dotnet", "built/server.dll");
            case ConfigProgram.Java:
                return await RunningProgram.StartServerAsync(made.Folder, port, "java", name);
            case ConfigProgram.Python:
                return await RunningProgram.StartServerAsync(made.Folder, port, "python3", name);
            case ConfigProgram.Go:
                await BuildGoAsync(made, name);
                return await RunningProgram.StartServerAsync(made.Folder, port, made.At("built"));
            case ConfigProgram.Grpc:
                return await RunningProgram.StartServerAsync(made.Folder, port, "env", NodePackages.Variable, Needs.Program("node"), name);
            case ConfigProgram.Kafka:
                return await RunningProgram.StartServerAsync(made.Folder, port, "env", "STORE_PASSWORD=changeit", Needs.Program("java"), KafkaTests.WriteProgram(made), "broker", name);
            default:
                throw new ArgumentOutOfRangeException(nameof(program), program, "It is no server.");
        }
    }

    /// <summary>Makes <c>built</c> of a Go program, which must look as <c>gofmt</c> writes it.</summary>
    public static async Task BuildGoAsync(ConfiguredScenario made, params string[] names)
    {
        var build = await Shell.RunAsync(made.Folder, $"go build -o built {string.Join(' ', names)} && go vet {string.Join(' ', names)} && gofmt -l {string.Join(' ', names)}");
        Assert.True(build is { ExitCode: 0, StandardOutput: "" }, build.StandardOutput + build.StandardError);
    }

    /// <summary>Starts nginx with what surrounds a configuration in a distribution's nginx.conf, all below the test's folder.</summary>
    public static Task<RunningProgram> StartNginxAsync(string folder, int port, string http)
    {
        string main = $"pid nginx.pid; error_log stderr notice; daemon off; events {{}} http {{ access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n{http}\n}}";
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), main);
        return RunningProgram.StartServerAsync(folder, port, "nginx", "-p", folder, "-c", "nginx.conf", "-e", "stderr");
    }

    private static readonly string[] _apacheModules = ["mpm_event", "authz_core", "authz_host", "alias", "ssl", "socache_shmcb"];

    /// <summary>Starts Apache with what surrounds a configuration in a distribution's apache2.conf, where sessions are kept, all below the test's folder.</summary>
    private static Task<RunningProgram> StartApacheAsync(ConfiguredScenario made, int port, string servers)
    {
        string modules = string.Concat(_apacheModules.Select(name => $"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
        File.WriteAllText(made.At("apache2.conf"), $"{modules}ServerName localhost\nPidFile apache2.pid\nErrorLog /dev/stderr\nDefaultRuntimeDir {made.Folder}\nUser www-data\nGroup www-data\nSSLSessionCache shmcb:{made.Folder}/sessions(512000)\n{servers}");
        return RunningProgram.StartServerAsync(made.Folder, port, "apache2", "-X", "-d", made.Folder, "-f", "apache2.conf");
    }
}
