using System.Buffers.Binary;
using System.Globalization;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>RabbitMQ, where the caller's certificate says which user it is.</summary>
internal sealed class RabbitMq : Product
{
    public override ConfigProgram Program => ConfigProgram.RabbitMq;

    public override string Account => "rabbitmq";

    public override async Task<RunningProgram> StartAsync(ConfiguredScenario made, int port)
    {
        string own = await OwnFolderAsync(made);
        int[] ports = FreePort.Take(2);
        string[] environment =
        [
            $"HOME={own}", "RABBITMQ_NODENAME=bob@localhost", $"RABBITMQ_CONFIG_FILE={made.At("rabbitmq.conf")}", $"RABBITMQ_ENABLED_PLUGINS_FILE={made.At("enabled_plugins")}",
            $"RABBITMQ_MNESIA_BASE={own}", $"RABBITMQ_LOG_BASE={own}", "RABBITMQ_LOGS=-", $"RABBITMQ_PID_FILE={own}/pid",
            string.Create(CultureInfo.InvariantCulture, $"RABBITMQ_DIST_PORT={ports[0]}"), string.Create(CultureInfo.InvariantCulture, $"ERL_EPMD_PORT={ports[1]}"), "ERL_EPMD_ADDRESS=127.0.0.1",
        ];

        // What it starts apart from itself, its port mapper, ends with it in a process space of its own.
        RunningProgram running = await RunningProgram.StartServerAsync(
            made.Folder, port, ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "env", .. environment, .. As("/usr/lib/rabbitmq/bin/rabbitmq-server")]);

        // It listens before it serves, and closes what comes in between.
        await running.WaitUntilSaidAsync("Server startup complete");
        return running;
    }

    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        await pipe.SendAsync([.. "AMQP"u8, 0, 0, 9, 1]);
        if (await ReadMethodAsync(pipe) is not { } start)
        {
            return Answer.TurnedAway;
        }

        Assert.Equal(Method(10, 10), start);
        // It says at once that it lets nobody in only to who says to understand that; others wait for seconds.
        byte[] closing = [28, .. "authentication_failure_close"u8, (byte)'t', 1];
        byte[] properties = [12, .. "capabilities"u8, (byte)'F', 0, 0, 0, (byte)closing.Length, .. closing];
        byte[] answer = [0, 10, 0, 11, 0, 0, 0, (byte)properties.Length, .. properties, 8, .. "EXTERNAL"u8, 0, 0, 0, 0, 5, .. "en_US"u8];
        await pipe.SendAsync([1, 0, 0, 0, 0, 0, (byte)answer.Length, .. answer, 0xCE]);
        return await ReadMethodAsync(pipe) == Method(10, 30) ? Answer.LetIn : Answer.NotAdmitted;
    }

    private static int Method(int type, int method) => (type << 16) | method;

    /// <summary>Which method the next frame has; null where there is none.</summary>
    private static async Task<int?> ReadMethodAsync(TlsPipe pipe) =>
        await pipe.ReadAsync(7) is { } header && await pipe.ReadAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(3)) + 1) is { } frame
            ? BinaryPrimitives.ReadInt32BigEndian(frame)
            : null;
}
