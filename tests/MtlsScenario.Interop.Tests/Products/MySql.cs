using System.Text;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>MariaDB, where a caller asks for an account.</summary>
internal sealed class MySql : Product
{
    public override ConfigProgram Program => ConfigProgram.MySql;

    public override string Account => "mysql";

    protected override string Protocol => "mysql";

    public override Answer ToNobody => Answer.NotAdmitted;

    public override async Task<RunningProgram> StartAsync(ConfiguredScenario made, int port)
    {
        string data = await OwnFolderAsync(made);
        await RunAsync(made, "mariadb-install-db", "--no-defaults", $"--user={Account}", $"--datadir={data}", "--auth-root-authentication-method=socket");
        return await RunningProgram.StartServerAsync(made.Folder, port, As(
            "mariadbd", $"--defaults-file={made.At("bob.cnf")}", $"--init-file={made.At("bob.sql")}", $"--datadir={data}", $"--socket={data}/socket", $"--pid-file={data}/pid"));
    }

    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        // The answer to the server's greeting, which openssl has read, with what openssl has said there that it would have.
        byte[] user = Encoding.UTF8.GetBytes(account);
        byte[] login = [0, 0x8A, 0x08, 0, 0, 0, 0, 1, 33, .. new byte[23], .. user, 0, 0, .. "mysql_native_password\0"u8, 0];
        await pipe.SendAsync([(byte)login.Length, 0, 0, 2, .. login]);
        if (await ReadPacketAsync(pipe) is not { } packet)
        {
            return Answer.TurnedAway;
        }

        if (packet.Content[0] == 0xFE)
        {
            // It wants the password once more; there is none.
            await pipe.SendAsync(0, 0, 0, (byte)(packet.Number + 1));
            packet = await ReadPacketAsync(pipe) ?? throw new InvalidOperationException("MariaDB says nothing.");
        }

        return packet.Content switch
        {
            [0, ..] => Answer.LetIn,
            [0xFF, 0x15, 0x04, ..] or [0xFF, 0xA2, 0x06, ..] => Answer.NotAdmitted,
            var other => throw new InvalidOperationException($"MariaDB says {Encoding.ASCII.GetString(other)}."),
        };
    }

    private static async Task<(byte Number, byte[] Content)?> ReadPacketAsync(TlsPipe pipe) =>
        await pipe.ReadAsync(4) is { } header && await pipe.ReadAsync(header[0] | (header[1] << 8)) is { } content ? (header[3], content) : null;
}
