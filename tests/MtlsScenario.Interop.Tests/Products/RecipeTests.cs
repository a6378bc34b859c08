using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Runs each recipe of the documentation as it stands there, as a user without rights, with Amy and with each who is not let in.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

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
    public async Task A_recipe_lets_in_Amy_and_nobody_else(string title, string sign, params string[] programs)
    {
        Needs.Root();
        Needs.Programs(["unshare", "setpriv", "mount", .. programs]);
        int[] ports = FreePort.Take(2);
        string text = (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ShippedScenarios.FileOf("x"))!, "recipes", "README.md")))
            .Replace("3000", ports[0].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("3001", ports[1].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "shop.yaml"), Block(text, "", "yaml"));
        string recipe = Block(text, $"\n## {title}\n", "sh");
        Assert.InRange(recipe.Split('\n').Length, 1, 15);
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
        string user = $"mount --bind {tool} tool && exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME={_folder.FullName} PATH={_folder.FullName}/tool:\"$PATH\" ETCDCTL_DIAL_TIMEOUT=1s ETCDCTL_COMMAND_TIMEOUT=2s sh -c {ShellQuoting.Quote(script)}";
        return $"unshare --mount --pid --fork --kill-child --mount-proc sh -c {ShellQuoting.Quote(user)}";
    }

    /// <summary>The first block of code of a language after a heading.</summary>
    private static string Block(string text, string heading, string language)
    {
        int from = text.IndexOf($"```{language}\n", text.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal) + language.Length + 4;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
