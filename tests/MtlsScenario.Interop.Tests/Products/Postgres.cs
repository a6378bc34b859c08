using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Tests.Handshakes;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>PostgreSQL, where a caller asks for a role.</summary>
internal sealed class Postgres : Product
{
    public override ConfigProgram Program => ConfigProgram.Postgres;

    public override string Account => "postgres";

    protected override string Protocol => "postgres";

    public override Answer ToNobody => Answer.NotAdmitted;

    /// <summary>A role for everybody who may call, whatever is admitted.</summary>
    public static string[] Roles { get; } =
        [.. OddCallers.All.Where(caller => caller.Label.StartsWith("CN ", StringComparison.Ordinal)).Select(caller => caller.Label[3..]).Where(name => !name.Contains('␀', StringComparison.Ordinal) && !name.Contains('␊', StringComparison.Ordinal)).Append("carl-client").Distinct()];

    public override async Task<RunningProgram> StartAsync(ConfiguredScenario made, int port)
    {
        string data = await OwnFolderAsync(made);
        await RunAsync(made, As(Tool("initdb"), "-D", data, "-A", "peer", "--no-sync", "-E", "UTF8", "--locale=C"));
        File.WriteAllLines(made.At("roles.sql"), Roles.Select(role => $"CREATE ROLE \"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\" LOGIN;"));
        await Shell.SucceedAsync(made.Folder, $"{string.Join(' ', As(Tool("postgres"), "--single", "-D", data, "postgres"))} <roles.sql");
        foreach (string name in new[] { "postgresql.conf", "pg_hba.conf", "pg_ident.conf" })
        {
            await RunAsync(made, "install", "-o", Account, "-m", "600", name, $"{data}/{name}");
        }

        RunningProgram server = await RunningProgram.StartServerAsync(
            made.Folder, port, As(Tool("postgres"), "-D", data, "-c", $"unix_socket_directories={data}", "-c", "fsync=off"));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!server.Said.Contains("ready to accept connections", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(new CancellationTokenSource(TimeSpan.FromMinutes(4)).Token);
        }

        return server;
    }

    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        byte[] parameters = Encoding.UTF8.GetBytes($"user\0{account}\0database\0postgres\0\0");
        byte[] startup = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(startup, startup.Length);
        BinaryPrimitives.WriteInt32BigEndian(startup.AsSpan(4), 3 << 16);
        parameters.CopyTo(startup, 8);
        await pipe.SendAsync(startup);
        if (await pipe.ReadAsync(9) is not { } answer)
        {
            return Answer.TurnedAway;
        }

        // Authentication OK, or an error.
        return ((char)answer[0], BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(5))) switch
        {
            ('R', 0) => Answer.LetIn,
            ('E', _) => Answer.NotAdmitted,
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL says {Convert.ToHexString(answer)}.")),
        };
    }

    /// <summary>Debian keeps the programs of the server out of the path.</summary>
    private static string Tool(string name) => Needs.Program(
        Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal) + $"/bin/{name}" : name);
}
