using System.Collections.Immutable;
using System.Threading.Channels;

namespace MtlsScenario.Tool.Peers;

/// <summary>A program that is to be run, with its arguments and its input.</summary>
/// <param name="Program">The program's path.</param>
/// <param name="Arguments">Its arguments, each as it is to arrive.</param>
/// <param name="Input">What it reads from standard input.</param>
/// <param name="Lines">The lines that it reads there in place of that, as they come.</param>
internal sealed record ProcessOrder(string Program, ImmutableArray<string> Arguments, string Input = "", ChannelReader<string>? Lines = null)
{
    /// <summary>Whether it starts no other programs: to end it, nobody has to look for those among all that run, which takes as long as a handshake.</summary>
    public bool StartsNone { get; init; }
}
