using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>Somebody who moves a key of his own into the folder while others work there, as <c>mv</c> does.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Intruder
{
    private static readonly string[] _stems = ["root", "issuing", "bob_server", "amy_client", "device-1_client"];

    private readonly KilledFolder _folder;
    private readonly string _stem;
    private readonly int _moment;

    public Intruder(KilledFolder folder, Random random)
    {
        (_folder, _stem, _moment) = (folder, _stems[random.Next(_stems.Length)], random.Next(0, 6));
    }

    /// <summary>What the key holds; null where it never came to that.</summary>
    public string? Key { get; private set; }

    /// <summary>The path of the key whose place he took, which is lost by his doing; null for none.</summary>
    public string? Replaced { get; private set; }

    public override string ToString() => $"{_stem} at {_moment}";

    /// <summary>Waits until something happens in the folder, for some time, and acts.</summary>
    public async Task ActAsync()
    {
        string path = _folder.KeyOf(_stem);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            Directory.CreateDirectory(_folder.Certificates);
        }

        using var happened = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(_folder.Certificates) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => happened.Release();
        watcher.Renamed += (_, _) => happened.Release();
        watcher.EnableRaisingEvents = true;
        for (int seen = 0; seen < _moment * 4; seen++)
        {
            if (!await happened.WaitAsync(TimeSpan.FromMilliseconds(400)))
            {
                break;
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string text = key.ExportPkcs8PrivateKeyPem() + "\n";
        string own = _folder.Own("theirs.key");
        File.WriteAllText(own, text);
        File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            (Replaced, Key) = (path, text);
            File.Move(own, path, overwrite: true);
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            // Nobody has made the folder yet, or it appeared after .NET had failed and before it looked why.
            (Replaced, Key) = (null, null);
        }
    }
}
