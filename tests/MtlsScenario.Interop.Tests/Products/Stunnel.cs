using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>stunnel, which sends back what it gets.</summary>
internal sealed class Stunnel : Product
{
    public override ConfigProgram Program => ConfigProgram.Stunnel;

    public override Task<RunningProgram> StartAsync(ConfiguredScenario made, int port) =>
        RunningProgram.StartServerAsync(made.Folder, port, "stunnel4", "stunnel_bob.conf");

    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        await pipe.SendAsync([.. "hello\n"u8]);
        return await pipe.ReadAsync(6) is { } answer && answer.AsSpan().SequenceEqual("hello\n"u8) ? Answer.LetIn : Answer.TurnedAway;
    }
}
