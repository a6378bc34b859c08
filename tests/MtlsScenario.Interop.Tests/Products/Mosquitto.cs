using System.Globalization;
using System.Text;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Mosquitto, where a caller who is let in may subscribe.</summary>
internal sealed class Mosquitto : Product
{
    private int _calls;

    public override ConfigProgram Program => ConfigProgram.Mosquitto;

    /// <summary>Started as root, it becomes this by itself.</summary>
    public override string Account => "mosquitto";

    public override Task<RunningProgram> StartAsync(ConfiguredScenario made, int port) =>
        RunningProgram.StartServerAsync(made.Folder, port, "mosquitto", "-c", "bob.conf");

    /// <summary>Publishes a message that is kept, and asks for it: who is not let in may do neither.</summary>
    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        byte[] name = Encoding.ASCII.GetBytes(Interlocked.Increment(ref _calls).ToString("D8", CultureInfo.InvariantCulture));
        await pipe.SendAsync([0x10, 21, 0, 4, .. "MQTT"u8, 5, 2, 0, 60, 0, 0, 8, .. name]);
        if (await ReadPacketAsync(pipe) is not { Type: 0x20, Content: [_, 0, ..] })
        {
            return Answer.TurnedAway;
        }

        await pipe.SendAsync(0x33, 7, 0, 1, (byte)'t', 0, 1, 0, (byte)'x');
        bool isPublished = await ReadPacketAsync(pipe) is { Type: 0x40, Content: [0, 1] or [0, 1, < 0x80, ..] };
        await pipe.SendAsync(0x82, 7, 0, 2, 0, 0, 1, (byte)'t', 0, 0xC0, 0);
        List<int> received = [];
        while (await ReadPacketAsync(pipe) is { Type: not 0xD0 } packet)
        {
            received.Add(packet.Type & 0xF0);
        }

        return (isPublished, received.Contains(0x30)) switch
        {
            (true, true) => Answer.LetIn,
            (false, false) => Answer.NotAdmitted,
            var half => throw new InvalidOperationException($"Who may publish may receive: {half}."),
        };
    }

    private static async Task<(byte Type, byte[] Content)?> ReadPacketAsync(TlsPipe pipe) =>
        await pipe.ReadAsync(2) is [var type, var length] && await pipe.ReadAsync(length) is { } content ? (type, content) : null;
}
