using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// What a server has in hand, taken up anew when its files or its scenario change: at each handshake and call it looks whether they
/// did. What cannot be used, as when only one of two files was exchanged yet, leaves in use what was there, all of it.
/// </summary>
/// <remarks>
/// What is replaced is left to the garbage collector, for a handshake may still be using it; files change too seldom for
/// that to matter.
/// </remarks>
internal sealed class LiveEnd
{
    /// <summary>How long a scenario has to lie untouched: half of one that is being written may let in whom the whole does not.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    private const int MostAttempts = 20;

    private readonly Lock _loading = new();
    private readonly Action<string> _tell;
    private readonly (string File, Func<EndSource> Read)? _scenario;
    private EndSource _source;
    private FileStamp _read;
    private ImmutableArray<FileStamp> _seen;
    private volatile ServedEnd _current;

    /// <summary>Loads for the first time.</summary>
    /// <param name="source">From where.</param>
    /// <param name="tell">Is told, in a line, what was taken up and what was not.</param>
    /// <param name="scenario">The scenario's file, and what reads it anew; null where it is read once.</param>
    /// <exception cref="EnvironmentException">It cannot be used.</exception>
    public LiveEnd(EndSource source, Action<string> tell, (string File, Func<EndSource> Read)? scenario = null)
    {
        (_source, _tell, _scenario) = (source, tell, scenario);
        _read = ScenarioStamp();
        _seen = Stamps();
        _current = source.Load();
    }

    /// <summary>What is to be used for what begins now.</summary>
    public ServedEnd Take()
    {
        lock (_loading)
        {
            bool isReread = ScenarioStamp() != _read;
            if (!isReread || TryTell("scenario", () => _source = ReadScenario()))
            {
                // Of files that change once more while they are read, the stamps differ again at the next handshake.
                ImmutableArray<FileStamp> stamps = Stamps();
                string what = isReread ? "scenario" : "files";
                if ((isReread || !stamps.SequenceEqual(_seen)) && TryTell(what, () => _current = _source.Load()))
                {
                    _tell($"took up the {what} that changed");
                }

                _seen = stamps;
            }

            return _current;
        }
    }

    private EndSource ReadScenario()
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            _read = ScenarioStamp();
            TimeSpan age = DateTime.UtcNow - _read.Written;
            if (age >= TimeSpan.Zero && age < s_rest)
            {
                Thread.Sleep(s_rest - age);
            }

            if (ScenarioStamp() == _read && _scenario!.Value.Read() is var source && ScenarioStamp() == _read)
            {
                return source;
            }
        }

        throw new EnvironmentException("it does not stop changing");
    }

    private bool TryTell(string what, Action take)
    {
        try
        {
            take();
            return true;
        }
        catch (EnvironmentException exception)
        {
            _tell($"the {what} changed, and {(what == "files" ? "are" : "is")} not taken up: {VisibleText.Of(exception.Message)}");
            return false;
        }
    }

    private FileStamp ScenarioStamp() => _scenario is { } scenario ? FileStamp.Of(scenario.File) : default;

    private ImmutableArray<FileStamp> Stamps() => [.. _source.Files.Select(FileStamp.Of)];
}

/// <summary>What a server has in hand for a handshake.</summary>
/// <param name="Identity">What it presents, and what it verifies callers against.</param>
/// <param name="Minimum">The oldest version that it accepts.</param>
/// <param name="Admission">Whom it lets in.</param>
internal sealed record ServedEnd(DotNetIdentity Identity, TlsVersion Minimum, Admission Admission);

/// <summary>From where a server has what it has in hand.</summary>
/// <param name="Files">The files, absolute paths.</param>
/// <param name="Load">Loads what they hold; an <see cref="EnvironmentException"/> says why they cannot be used.</param>
internal sealed record EndSource(ImmutableArray<string> Files, Func<ServedEnd> Load);
