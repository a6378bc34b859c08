using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Files;

/// <summary>
/// A private key that was written beside its place. It takes a place that is free, or one with just the key that was read
/// there, which it puts aside unless it is a copy in a file of a format; any other is left, for it may be the only one of its kind.
/// </summary>
internal sealed class NewKey : NewFile
{
    private readonly string _name;
    private readonly KeyPlacement _placement;
    private readonly Action<string> _putAside;
    private readonly byte[] _digest;

    /// <summary>Writes one.</summary>
    /// <param name="paths">The path that it has at first, where nothing is, and the one that it is to take.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="access">Whose it is.</param>
    /// <param name="place">What messages call its place, and how it takes that.</param>
    /// <param name="putAside">Told of the path at which a key that it replaced is kept.</param>
    public NewKey(
        (string Temporary, string Target) paths,
        ReadOnlySpan<byte> content,
        NewFileAccess access,
        (string Name, KeyPlacement Placement) place,
        Action<string> putAside)
        : base(paths.Temporary, paths.Target, content, access)
    {
        (_name, _placement) = place;
        _putAside = putAside;
        _digest = Digests.Sha256(content);
    }

    /// <summary>That somebody else was there.</summary>
    /// <param name="name">The key.</param>
    /// <param name="what">What happened to it.</param>
    public static FolderException Meanwhile(string name, string what) =>
        new($"{name} {what} while this ran; it is left as it is", "see whose it is, then run this again");

    /// <inheritdoc/>
    protected override void TakePlace(string temporary, string target)
    {
        if (_placement.Replaces is null)
        {
            TakeFreePlace(temporary, target);
            return;
        }

        if (_placement.IsDerived)
        {
            ReplaceDerived(temporary, target);
            return;
        }

        // The new key has the name by which the old one will be kept, until the two change names: at no moment is the key's
        // own place empty, or the old key under a name that somebody cleans up.
        string aside = Claim(temporary, target);
        if (OperatingSystem.IsWindows())
        {
            ReplaceOnWindows(temporary, target, aside);
        }
        else if (!TryExchange(aside, target))
        {
            ReplaceByLink(temporary, target, aside);
        }

        if (_placement.ReplacesKey)
        {
            Close(aside);
            _putAside(aside);
        }
        else
        {
            File.Delete(aside);
        }
    }

    /// <summary>What is in its place goes, unless somebody changed it meanwhile.</summary>
    private void ReplaceDerived(string temporary, string target)
    {
        if (!OperatingSystem.IsWindows() && TryExchange(temporary, target))
        {
            File.Delete(temporary);
            return;
        }

        if (!IsThatRead(target))
        {
            throw Meanwhile("was changed");
        }

        base.TakePlace(temporary, target);
    }

    private void TakeFreePlace(string temporary, string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (!UnixRename.TryRename(temporary, target))
            {
                throw Meanwhile("was put there");
            }

            return;
        }

        try
        {
            File.Move(temporary, target, overwrite: false);
        }
        catch (IOException) when (Path.Exists(target))
        {
            throw Meanwhile("was put there");
        }
    }

    private string Claim(string temporary, string target)
    {
        string folder = Path.GetDirectoryName(target)!;
        string name = FileNames.PutAside(Path.GetFileName(target), _placement.Now);
        for (int copy = 1; ; copy++)
        {
            string aside = Path.Combine(folder, copy == 1 ? name : $"{name}-{copy}");
            if (OperatingSystem.IsWindows() ? !Path.Exists(aside) : UnixRename.TryRename(temporary, aside))
            {
                return aside;
            }
        }
    }

    /// <summary>Lets the new key and what is in its place change names; false where that cannot be done here.</summary>
    private bool TryExchange(string aside, string target)
    {
        try
        {
            if (!UnixRename.TryExchange(aside, target))
            {
                return false;
            }
        }
        catch (FileNotFoundException)
        {
            File.Delete(aside);
            throw Meanwhile("was taken away");
        }
        catch (IOException)
        {
            File.Delete(aside);
            throw;
        }

        if (IsThatRead(aside))
        {
            return true;
        }

        try
        {
            UnixRename.TryExchange(aside, target);
        }
        catch (FileNotFoundException)
        {
            // The place is empty by now; what was in it is put aside.
        }

        if (Has(aside, _digest))
        {
            File.Delete(aside);
        }

        throw Meanwhile("was changed");
    }

    /// <summary>What is left where names cannot be exchanged: the old key has two names, and loses one of them.</summary>
    private void ReplaceByLink(string temporary, string target, string aside)
    {
        UnixFileSystem.Replace(aside, temporary);
        try
        {
            if (UnixRename.TryLink(target, aside) is not true)
            {
                CopyTo(aside, target);
            }
        }
        catch (FileNotFoundException)
        {
            throw Meanwhile("was taken away");
        }

        if (!IsThatRead(aside))
        {
            File.Delete(aside);
            throw Meanwhile("was changed");
        }

        UnixFileSystem.Replace(temporary, target);
    }

    private void CopyTo(string aside, string target)
    {
        FileContent old = Read(target);
        if (old.Bytes is not { } content)
        {
            throw Meanwhile("was changed");
        }

        using var copy = new NewFile(aside, aside, content, NewFileAccess.OwnerOnly);
        Array.Clear(content);
        copy.Flush();
        copy.Keep();
    }

    private void ReplaceOnWindows(string temporary, string target, string aside)
    {
        if (!IsThatRead(target))
        {
            throw Meanwhile("was changed");
        }

        // The new file has the access list of the old one then.
        File.Replace(temporary, target, aside);
    }

    /// <summary>A key that was open to others than it may be is not left so by being put aside.</summary>
    private static void Close(string aside)
    {
        if (!OperatingSystem.IsWindows() && UnixFileSystem.Status(aside) is { IsWide: true, Mode: var mode })
        {
            File.SetUnixFileMode(aside, mode & UnixFileStatus.WidestKey);
        }
    }

    private bool IsThatRead(string path) => Has(path, _placement.Replaces!.Value.Span);

    private static bool Has(string path, ReadOnlySpan<byte> digest)
    {
        if (Read(path).Bytes is not { } content)
        {
            return false;
        }

        bool isSame = digest.SequenceEqual(Digests.Sha256(content));
        Array.Clear(content);
        return isSame;
    }

    private static FileContent Read(string path) =>
        new FolderReader(Path.GetDirectoryName(path)!).Read(Path.GetFileName(path));

    private FolderException Meanwhile(string what) => Meanwhile(_name, what);
}
