using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Engines;
using MtlsScenario.Tool.Peers;

namespace MtlsScenario.Tool.Trials;

/// <summary>
/// Chooses what plays the two ends, of what was asked for and is on this machine, and what takes its place where it cannot play.
/// Disposing of it ends what was started for them.
/// </summary>
/// <param name="context">Whose PATH is searched; its <c>OPENSSL</c> names an openssl, as it does for scripts.</param>
internal sealed partial class StackSelector(ToolContext context) : IAsyncDisposable
{
    private readonly InstalledPrograms _programs = new(context.Environment("PATH"));
    private readonly Dictionary<PeerKind, InstalledProgram?> _asked = [];
    private readonly Dictionary<PeerKind, IAsyncDisposable> _kept = [];
    private readonly HashSet<PeerKind> _playing = [];

    /// <summary>Finds what was asked for. What is started for it also ends when this is cancelled.</summary>
    /// <exception cref="EnvironmentException">Something that was asked for by its name is not installed.</exception>
    public async Task<StackSelection> FindAsync(StackRequest request, CancellationToken cancellationToken)
    {
        ImmutableArray<(PeerKind Client, PeerKind Server)> pairs =
            [.. Wanted(request).Select(kind => (request.Client ?? ClientOf(kind), request.Server ?? ServerOf(kind))).Distinct()];
        IEnumerable<PeerKind> kinds = pairs.SelectMany(pair => new[] { pair.Client, pair.Server }).Append(PeerKind.OpenSsl).Distinct();
        foreach (PeerKind kind in kinds.Where(kind => kind != PeerKind.DotNet))
        {
            _asked[kind] = await FindAsync(kind, cancellationToken).ConfigureAwait(false);
        }

        ImmutableArray<PeerKind> missing = [.. pairs.SelectMany(pair => new[] { pair.Client, pair.Server }).Where(IsMissing).Distinct()];
        if (missing.FirstOrDefault(kind => IsNamed(request, kind)) is var named and not PeerKind.DotNet)
        {
            throw Missing(named);
        }

        foreach ((PeerKind kind, InstalledProgram? program) in _asked)
        {
            if (program is not null && !_kept.ContainsKey(kind) && Kept(kind, program, cancellationToken) is { } kept)
            {
                _kept[kind] = kept;
            }
        }

        ImmutableArray<StackChoice> choices =
            [.. pairs.Where(pair => !IsMissing(pair.Client) && !IsMissing(pair.Server)).Select(pair => Choice(pair, request))];
        return new StackSelection(
            choices,
            [.. missing.Select(PeerKindNames.Of)],
            _asked.Where(asked => _playing.Contains(asked.Key))
                .ToImmutableSortedDictionary(asked => PeerKindNames.Of(asked.Key), asked => Number().Match(asked.Value!.Version).Value));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable kept in _kept.Values)
        {
            await kept.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ImmutableArray<PeerKind> Wanted(StackRequest request) => request switch
    {
        { All: true } => [.. PeerKindNames.All.Select(peer => peer.Value)],
        { Stacks.IsEmpty: false } => request.Stacks,
        _ => [PeerKind.DotNet],
    };

    private static PeerKind ClientOf(PeerKind kind) => PeerKindNames.IsClient(kind) ? kind : PeerKind.DotNet;

    private static PeerKind ServerOf(PeerKind kind) => PeerKindNames.IsServer(kind) ? kind : PeerKind.DotNet;

    private static bool IsNamed(StackRequest request, PeerKind kind) =>
        request.Client == kind || request.Server == kind || request.Stacks.Contains(kind);

    private bool IsMissing(PeerKind kind) => kind != PeerKind.DotNet && _asked[kind] is null;

    private async Task<InstalledProgram?> FindAsync(PeerKind kind, CancellationToken cancellationToken)
    {
        string name = kind == PeerKind.Python && !OperatingSystem.IsWindows() ? "python3" : PeerKindNames.Of(kind);
        if (kind == PeerKind.OpenSsl && context.Environment(OpenSslEngine.Variable) is { Length: > 0 } named)
        {
            name = named.Contains('/', StringComparison.Ordinal) ? context.Resolve(named) : named;
        }

        string versionArgument = kind switch
        {
            PeerKind.OpenSsl => "version",
            PeerKind.Nginx => "-v",
            PeerKind.Java => "-version",
            PeerKind.Go => "version",
            _ => "--version",
        };
        return await _programs.FindAsync(name, versionArgument, cancellationToken).ConfigureAwait(false);
    }

    private StackChoice Choice((PeerKind Client, PeerKind Server) pair, StackRequest request)
    {
        IHandshakeStack stack = Stack(pair.Client, pair.Server);
        return _asked[PeerKind.OpenSsl] is null || Substitute(pair, request) is not { } other || other == pair
            ? new StackChoice(stack)
            : new StackChoice(stack, Stack(other.Client, other.Server));
    }

    /// <summary>
    /// openssl takes the place of a .NET that nobody asked for by its name: of both ends, or of the end that curl or nginx
    /// leaves to another.
    /// </summary>
    private static (PeerKind Client, PeerKind Server)? Substitute((PeerKind Client, PeerKind Server) pair, StackRequest request)
    {
        bool isAsked = IsNamed(request, PeerKind.DotNet) || (request.All && pair == (PeerKind.DotNet, PeerKind.DotNet));
        return isAsked ? null : (Replaced(pair.Client), Replaced(pair.Server));
    }

    private static PeerKind Replaced(PeerKind kind) => kind == PeerKind.DotNet ? PeerKind.OpenSsl : kind;

    private IHandshakeStack Stack(PeerKind client, PeerKind server)
    {
        _playing.UnionWith([client, server]);
        return client == PeerKind.DotNet && server == PeerKind.DotNet ? new DotNetStack() : new LoopbackStack(Client(client), Server(server));
    }

    /// <summary>The program that is there for all handshakes, or whose processes are.</summary>
    private static IAsyncDisposable? Kept(PeerKind kind, InstalledProgram program, CancellationToken cancellationToken) => kind switch
    {
        PeerKind.OpenSsl => new OpenSslProgram(program, cancellationToken),
        PeerKind.Nginx => new NginxProgram(program, cancellationToken),
        PeerKind.Java => new JavaProgram(program, cancellationToken),
        PeerKind.Go => new GoProgram(program, cancellationToken),
        PeerKind.Python => new PythonProgram(program, cancellationToken),
        PeerKind.Node => new NodeProgram(program, cancellationToken),
        _ => null,
    };

    private IClientPeer Client(PeerKind kind) => kind switch
    {
        PeerKind.DotNet => new DotNetPeer(),
        PeerKind.Curl => new CurlProgram(_asked[kind]!),
        _ => (IClientPeer)_kept[kind],
    };

    private IServerPeer Server(PeerKind kind) => kind == PeerKind.DotNet ? new DotNetPeer() : (IServerPeer)_kept[kind];

    private static EnvironmentException Missing(PeerKind kind)
    {
        string hint = kind == PeerKind.OpenSsl
            ? $"install it, or name it with {OpenSslEngine.Variable}=PROGRAM; --stack all tries what is installed"
            : "install it; --stack all tries what is installed";
        return new EnvironmentException($"there is no {PeerKindNames.Of(kind)} that runs on this machine", hint);
    }

    [GeneratedRegex(@"\d+(\.\d+)+[a-z]?")]
    private static partial Regex Number();
}
