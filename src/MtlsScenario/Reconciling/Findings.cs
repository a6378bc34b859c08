using MtlsScenario.Files;

namespace MtlsScenario.Reconciling;

/// <summary>What is in the way of a run, and of what it warns. Several threads may add to it.</summary>
/// <param name="reader">The folder.</param>
internal sealed class Findings(FolderReader reader)
{
    /// <summary>Of two messages of one kind the shorter one names the smaller number.</summary>
    private static readonly Comparer<string> _byNumber = Comparer<string>.Create((one, other) =>
        one.Length == other.Length ? string.CompareOrdinal(one, other) : one.Length.CompareTo(other.Length));

    private readonly Lock _adding = new();
    private readonly List<Obstacle> _obstacles = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);

    /// <summary>Why nothing can be written.</summary>
    public IReadOnlyList<Obstacle> Obstacles => _obstacles;

    /// <summary>What keeps nothing from being written.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds what is in the way.</summary>
    public void Add(params IEnumerable<Obstacle> obstacles)
    {
        lock (_adding)
        {
            _obstacles.AddRange(obstacles);
        }
    }

    /// <summary>Adds warnings.</summary>
    public void Warn(params IEnumerable<string> warnings)
    {
        lock (_adding)
        {
            _warnings.AddRange(warnings);
        }
    }

    /// <summary>What may be left out of the scenario.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What others have to send.</summary>
    public List<AwaitedFile> Awaited { get; } = [];

    /// <summary>Notes what others have to send.</summary>
    public void Await(AwaitedFile file)
    {
        lock (_adding)
        {
            Awaited.Add(file);
        }
    }

    /// <summary>Has several threads find more, and puts what they found into an order that does not depend on them.</summary>
    public void Sort(Action find)
    {
        (int obstacles, int warnings, int awaited) = (_obstacles.Count, _warnings.Count, Awaited.Count);
        find();
        Awaited.Sort(awaited, Awaited.Count - awaited, Comparer<AwaitedFile>.Create((one, other) => _byNumber.Compare(one.File, other.File)));
        _obstacles.Sort(obstacles, _obstacles.Count - obstacles, Comparer<Obstacle>.Create((one, other) => _byNumber.Compare(one.Message, other.Message)));
        _warnings.Sort(warnings, _warnings.Count - warnings, _byNumber);
    }

    /// <summary>What would fail halfway is said before anything is written.</summary>
    public void RequirePlaces(string stem, IEnumerable<string> written)
    {
        foreach (string obstacle in written.Select(reader.Obstacle).OfType<string>())
        {
            lock (_adding)
            {
                if (_blocked.Add(obstacle))
                {
                    _obstacles.Add(new Obstacle(stem, obstacle, "move it away"));
                }
            }
        }
    }

    /// <summary>The mode that a key gets of which others may do too much; null where it stays, with a warning where that is wide.</summary>
    /// <param name="keyPath">Where it is.</param>
    /// <param name="key">Whose it is.</param>
    private UnixFileMode? Tightened(string keyPath, UnixFileStatus key)
    {
        if (!key.IsWide)
        {
            return null;
        }

        bool isElsewhere = reader.IsLink(keyPath);
        if (isElsewhere || !(UnixAccounts.IsRoot || key.User == UnixAccounts.CurrentUser))
        {
            WarnOfWideKey(keyPath, isElsewhere ? "it is a symbolic link" : $"it belongs to {UnixAccounts.UserName(key.User)}");
            return null;
        }

        return key.Mode & UnixFileStatus.WidestKey;
    }

    /// <summary>The mode that a key gets of which others may do too much. What is adopted keeps the one that it has.</summary>
    public UnixFileMode? Tightened(CertificateChange change, KeyDecision key)
    {
        if (key is not { OnDisk: KeyOnDisk.Present { Status: { } status }, Action: KeyAction.Keep })
        {
            return null;
        }

        if (!change.IsAdopted)
        {
            return Tightened(change.Member.KeyFile, status);
        }

        if (status.IsWide)
        {
            WarnOfWideKey(change.Member.KeyFile, $"{change.Stem} is adopted");
        }

        return null;
    }

    /// <summary>Warns that others may do too much with a key, and why that stays so.</summary>
    public void WarnOfWideKey(string path, string why) =>
        Warn($"{path} is open to others than its owner; {why}, so its mode is left as it is");
}
