using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Redis, which lets in whoever it can verify.</summary>
internal sealed class Redis : Product
{
    public override ConfigProgram Program => ConfigProgram.Redis;

    public override string Account => "redis";

    public override Task<RunningProgram> StartAsync(ConfiguredScenario made, int port) =>
        RunningProgram.StartServerAsync(made.Folder, port, As("redis-server", "redis_bob.conf"));

    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        await pipe.SendAsync([.. "PING\r\n"u8]);
        return await pipe.ReadAsync(7) is { } answer && answer.AsSpan().SequenceEqual("+PONG\r\n"u8) ? Answer.LetIn : Answer.TurnedAway;
    }
}
