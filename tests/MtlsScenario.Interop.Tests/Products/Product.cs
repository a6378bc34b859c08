using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Scripting;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>A program that Debian has, how it is started with what is printed for it, and how it is asked who gets in.</summary>
internal abstract class Product
{
    private static readonly ImmutableArray<Product> _all = [new Postgres(), new MySql(), new Redis(), new Mosquitto(), new RabbitMq(), new Stunnel(), new Etcd()];

    /// <summary>The program.</summary>
    public abstract ConfigProgram Program { get; }

    /// <summary>The account that it runs as; null for whoever runs the tests.</summary>
    public virtual string? Account => null;

    /// <summary>What it says to a caller without a certificate.</summary>
    public virtual Answer ToNobody => Answer.TurnedAway;

    /// <summary>What openssl has to do before TLS.</summary>
    protected virtual string? Protocol => null;

    /// <summary>The product of that program.</summary>
    public static Product Of(string program) => _all.Single(product => product.Program.ToString() == program);

    /// <summary>Starts it with the files, which are in the folder.</summary>
    public abstract Task<RunningProgram> StartAsync(ConfiguredScenario made, int port);

    /// <summary>Calls it.</summary>
    public async Task<Answer> CallAsync(ConfiguredScenario made, int port, Caller caller)
    {
        using var pipe = new TlsPipe(made, port, caller, Protocol);
        return await AskAsync(pipe, caller.Account);
    }

    /// <summary>Asks to be let in.</summary>
    protected abstract Task<Answer> AskAsync(TlsPipe pipe, string account);

    /// <summary>A command as the product's account.</summary>
    protected string[] As(params string[] command) =>
        Account is null ? command : ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", "--", .. command];

    /// <summary>A folder that the product's account may write to.</summary>
    protected async Task<string> OwnFolderAsync(ConfiguredScenario made)
    {
        await RunAsync(made, "install", "-d", "-m", "700", "-o", Account ?? "root", "own");
        return made.At("own");
    }

    /// <summary>Runs a program to its end, which must be good.</summary>
    protected static async Task RunAsync(ConfiguredScenario made, params string[] command) =>
        await Shell.SucceedAsync(made.Folder, string.Join(' ', command.Select(ShellQuoting.Quote)));
}
