using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// What a server has in hand, taken up anew when its files change: at each handshake it looks whether they did. Files that do
/// not fit each other, as when only one of them was exchanged yet, leave what was there in use.
/// </summary>
/// <remarks>
/// What is replaced is left to the garbage collector, for a handshake may still be using it; files change too seldom for
/// that to matter.
/// </remarks>
internal sealed class LiveIdentity
{
    private readonly Lock _loading = new();
    private readonly Func<DotNetIdentity> _load;
    private readonly ImmutableArray<string> _files;
    private readonly Action<string> _tell;
    private ImmutableArray<FileStamp> _seen;
    private volatile DotNetIdentity _current;

    /// <summary>Loads for the first time.</summary>
    /// <param name="load">Loads what the files hold.</param>
    /// <param name="files">The files, absolute paths.</param>
    /// <param name="tell">Is told, in a line, what was taken up and what was not.</param>
    /// <exception cref="EnvironmentException">They cannot be used.</exception>
    public LiveIdentity(Func<DotNetIdentity> load, ImmutableArray<string> files, Action<string> tell)
    {
        (_load, _files, _tell) = (load, files, tell);
        _seen = Stamps();
        _current = load();
    }

    /// <summary>What is to be used for a handshake that begins now.</summary>
    public DotNetIdentity Take()
    {
        lock (_loading)
        {
            ImmutableArray<FileStamp> stamps = Stamps();
            if (!stamps.SequenceEqual(_seen))
            {
                // Of files that change once more while they are read, the stamps differ again at the next handshake.
                _seen = stamps;
                TakeUp();
            }

            return _current;
        }
    }

    private void TakeUp()
    {
        try
        {
            _current = _load();
            _tell("took up the files that changed");
        }
        catch (EnvironmentException exception)
        {
            _tell($"the files changed, and are not taken up: {VisibleText.Of(exception.Message)}");
        }
    }

    private ImmutableArray<FileStamp> Stamps() => [.. _files.Select(FileStamp.Of)];
}
