using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Peers;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>The files of a program that plays an end.</summary>
public sealed class PeerFilesTests
{
    private const string Memory = "/dev/shm";

    private static EndArtifacts Artifacts => new([new byte[] { 1 }, new byte[] { 2 }], [3], [new byte[] { 4 }]);

    [Fact]
    public void Each_is_written_when_it_is_asked_for_and_none_is_left()
    {
        string folder;
        using (EndArtifacts artifacts = Artifacts)
        using (var files = new PeerFiles(artifacts))
        {
            folder = files.Folder;
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

            string key = files.Key;
            Assert.Equal([key], Directory.EnumerateFileSystemEntries(folder));
            Assert.Same(key, files.Key);
            Assert.Equal("-----BEGIN PRIVATE KEY-----\nAw==\n-----END PRIVATE KEY-----\n", File.ReadAllText(key));

            Assert.NotEqual(files.Leaf, files.Chain);
            Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder).Count());
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void They_are_for_this_user_alone_and_come_to_no_disk_where_there_is_a_place_in_memory()
    {
        using EndArtifacts artifacts = Artifacts;
        using var files = new PeerFiles(artifacts);

        bool isInMemory = OperatingSystem.IsLinux() && Directory.Exists(Memory) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR"));
        string place = isInMemory ? Memory : Path.GetTempPath().TrimEnd(Path.DirectorySeparatorChar);
        Assert.Equal(place, Path.GetDirectoryName(files.Folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(files.Folder));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.Key));
        }
    }
}
