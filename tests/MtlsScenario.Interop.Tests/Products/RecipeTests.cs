using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Runtimes;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Runs each recipe of the documentation as it stands there, as a user without rights, with Amy and with each who is not let in.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

    private string? _mounted;
    private bool _isRoot;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("PostgreSQL", " amy\n", "psql", "pg_ctlcluster")]
    [InlineData("MariaDB", "amy@%", "mariadbd", "mariadb")]
    [InlineData("Redis", "PONG", "redis-server", "redis-cli")]
    [InlineData("Mosquitto", "", "mosquitto", "mosquitto_pub")]
    [InlineData("RabbitMQ", "let in", "rabbitmqctl", "python3")]
    [InlineData("Apache", "This is bob.", "apache2", "curl")]
    [InlineData("stunnel", "hello", "stunnel", "socat")]
    [InlineData("etcd", "OK", "etcd", "etcdctl")]
    [InlineData("Java", "This is bob.", "java")]
    [InlineData("Kafka", "SASL or ACL is next", "java")]
    [InlineData("Go", "This is bob.", "go")]
    [InlineData("Python", "This is bob.", "python3")]
    [InlineData("gRPC", "This is bob.", "node")]
    public async Task A_recipe_lets_in_Amy_and_nobody_else(string title, string sign, params string[] programs)
    {
        Needs.Root();
        Needs.Programs(["unshare", "setpriv", "mount", .. programs]);
        int[] ports = FreePort.Take(2);
        string text = (await TextAsync())
            .Replace("3000", ports[0].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("3001", ports[1].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("shop.yaml"), Block(text, "", "yaml"));
        string recipe = Block(text, $"\n## {title}\n", "sh");
        Assert.InRange(recipe.Split('\n').Length, 1, 15);
        recipe = Prepared(title, recipe);
        bool admitsAll = recipe.Contains("shop.yaml bea", StringComparison.Ordinal);
        int start = recipe.IndexOf(" &\n", StringComparison.Ordinal) + 3;
        await Shell.SucceedAsync(_folder.FullName, $"chown -R 65534:65534 . && mkdir tool && {Isolated("mtls-scenario apply shop.yaml")}");
        await using RunningProgram server = await RunningProgram.StartServerAsync(
            _folder.FullName, ports[admitsAll ? 1 : 0], "sh", "-c", $"exec {Isolated($"{recipe[..start]}wait")}");

        // It listens, but may not be ready.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        string attempt;
        while (!IsLetIn(attempt = await TryAsync(recipe[start..], "amy")))
        {
            Assert.False(limit.IsCancellationRequested, $"{attempt}\n{server.Said}");
            await pause.WaitForNextTickAsync();
        }

        List<string> letIn = [];
        foreach (string caller in new[] { "carl", "late", "mallory", "nobody", "amy" })
        {
            if (IsLetIn(await TryAsync(recipe[start..], caller)))
            {
                letIn.Add(caller);
            }
        }

        Assert.Equal(admitsAll ? ["carl", "amy"] : ["amy"], letIn);
        if (admitsAll)
        {
            string program = Regex.Match(recipe, @"bea --for (\w+)").Groups[1].Value;
            Assert.Contains("lets in whoever it can verify, and bob admits only some", await TryAsync($"mtls-scenario config shop.yaml bob --for {program}; echo $?\n", "amy"), StringComparison.Ordinal);
        }

        bool IsLetIn(string said) => said.EndsWith("exit code 0", StringComparison.Ordinal) && said.Contains(sign, StringComparison.Ordinal) && !said.Contains("Not authorized", StringComparison.Ordinal);
    }

    /// <summary>There is no cluster: what is applied is held to the schemas, and what is waited for is in it.</summary>
    [Fact]
    public async Task The_recipe_of_cert_manager_applies_what_is_valid()
    {
        string text = await TextAsync();
        await File.WriteAllTextAsync(At("shop.yaml"), Block(text, "", "yaml"));
        WriteProgram("kubectl", "case $1 in apply) exec node kubectl.js \"$5\" ;; wait) grep -q 'name: bob-server' bob.yaml && echo \"ready: $5\" ;; esac");
        await File.WriteAllTextAsync(At("kubectl.js"), """
            const models = { ...require('@kubernetes-models/cert-manager/cert-manager.io/v1'), ...require('@kubernetes-models/cert-manager/trust.cert-manager.io/v1alpha1') };
            for (const document of require('yaml').parseAllDocuments(require('fs').readFileSync(process.argv[2], 'utf8'))) {
              const manifest = document.toJS();
              new models[manifest.kind](manifest).validate();
              console.log(manifest.kind, manifest.metadata.name);
            }
            """);

        string said = await Shell.SucceedAsync(_folder.FullName, $"export {NodePackages.Variable} PATH={AppContext.BaseDirectory}:{At("bin")}:\"$PATH\"\nset -e\n{Block(text, "\n## cert-manager\n", "sh")}");

        Assert.Equal("Issuer selfsigned\nCertificate ca\nIssuer ca\nCertificate bob-server\nBundle bob-server\nready: certificate/bob-server\n", said);
    }

    private static Task<string> TextAsync() =>
        File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ShippedScenarios.FileOf("x"))!, "recipes", "README.md"));

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>What stands in for what Debian does not have, and for what is downloaded.</summary>
    private string Prepared(string title, string recipe)
    {
        switch (title)
        {
            case "Kafka":
                File.WriteAllText(At("KafkaWay.java"), KafkaTests.Program);
                File.WriteAllText(At("server.properties"), "# what else a broker has\n");
                WriteProgram("kafka-server-start.sh", "exec java KafkaWay.java broker \"$1\"");
                WriteProgram("kafka-topics.sh", "exec java KafkaWay.java client \"$4\"");
                return recipe;
            case "gRPC":
                const string install = "npm install @grpc/grpc-js\n";
                Assert.StartsWith(install, recipe, StringComparison.Ordinal);
                _mounted = NodePackages.Folder;
                Directory.CreateDirectory(At("node_modules"));
                return recipe[install.Length..];
            case "Go":
                // To compile the standard library anew for another user takes a minute.
                _isRoot = true;
                return recipe;
            default:
                return recipe;
        }
    }

    private void WriteProgram(string name, string body) => StandIn.Write(At($"bin/{name}"), body);

    /// <summary>Runs the lines for Amy as somebody else, and returns what was said.</summary>
    private async Task<string> TryAsync(string lines, string caller)
    {
        string own = Regex.Replace(lines, "(?<![a-z])amy(?![a-z])", caller);
        if (caller == "nobody")
        {
            // What is typed here and not printed by the tool.
            own = Regex.Replace(own, @" --cert \S+ --key \S+|tls\.load_cert_chain.*\n", "");
        }

        // What was ended at once leaves its socket.
        Array.ForEach(_folder.GetFiles("*.socket", SearchOption.AllDirectories), socket => socket.Delete());
        BufferedCommandResult result = await Shell.RunAsync(_folder.FullName, Isolated(own));
        return string.Create(CultureInfo.InvariantCulture, $"{result.StandardOutput}{result.StandardError}exit code {result.ExitCode}");
    }

    /// <summary>The command that runs a script as nobody, with this build of the tool, and leaves no process behind.</summary>
    private string Isolated(string script)
    {
        string tool = ShellQuoting.Quote(AppContext.BaseDirectory);
        string packages = _mounted is null ? "" : $" && mount --bind {ShellQuoting.Quote(_mounted)} node_modules";
        string nobody = _isRoot ? "" : $"setpriv --reuid=65534 --regid=65534 --clear-groups env HOME={_folder.FullName} ";
        string user = $"mount --bind {tool} tool{packages} && exec {nobody}env PATH={_folder.FullName}/tool:{_folder.FullName}/bin:\"$PATH\" ETCDCTL_DIAL_TIMEOUT=1s ETCDCTL_COMMAND_TIMEOUT=2s sh -c {ShellQuoting.Quote(script)}";
        return $"unshare --mount --pid --fork --kill-child --mount-proc sh -c {ShellQuoting.Quote(user)}";
    }

    /// <summary>The first block of code of a language after a heading.</summary>
    private static string Block(string text, string heading, string language)
    {
        int from = text.IndexOf($"```{language}\n", text.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal) + language.Length + 4;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
