using System.Text;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>etcd, which speaks HTTP.</summary>
internal sealed class Etcd : Product
{
    public override ConfigProgram Program => ConfigProgram.Etcd;

    public override async Task<RunningProgram> StartAsync(ConfiguredScenario made, int port)
    {
        Needs.Program("etcd");
        return await RunningProgram.StartServerAsync(made.Folder, port, "sh", "etcd_bob.sh");
    }

    protected override async Task<Answer> AskAsync(TlsPipe pipe, string account)
    {
        await pipe.SendAsync(Encoding.ASCII.GetBytes("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        return await pipe.ReadAsync(15) is { } answer && answer.AsSpan().SequenceEqual("HTTP/1.1 200 OK"u8) ? Answer.LetIn : Answer.TurnedAway;
    }
}
