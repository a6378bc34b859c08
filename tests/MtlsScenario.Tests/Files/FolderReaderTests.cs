using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MtlsScenario.Files;
using Xunit;

namespace MtlsScenario.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class FolderReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_place_is_free_only_where_nothing_is()
    {
        Directory.CreateDirectory(_folder.At("folder"));
        File.CreateSymbolicLink(_folder.At("link"), _folder.At("nowhere"));
        File.WriteAllText(_folder.At("file"), "text");
        File.CreateSymbolicLink(_folder.At("good-link"), _folder.At("file"));
        var reader = new FolderReader(_folder.Root);

        Assert.True(reader.Read("nothing").IsMissing);
        Assert.True(reader.Read("no-folder/nothing").IsMissing);
        Assert.Equal("it is a folder", reader.Read("folder").Fault);
        Assert.Equal("it is a symbolic link to nothing", reader.Read("link").Fault);
        Assert.Equal("text"u8.ToArray(), reader.Read("good-link").Bytes);
    }

    [Fact]
    public void Nobody_waits_for_a_pipe_that_has_the_name_of_a_file()
    {
        Assert.Equal(0, MakePipe(_folder.At("pipe"), 0x180));

        Assert.Equal("it is a pipe or a device, not a file", new FolderReader(_folder.Root).Read("pipe").Fault);
    }

    [Fact]
    public void What_is_larger_than_any_certificate_is_not_read()
    {
        using (FileStream large = File.Create(_folder.At("large")))
        {
            large.SetLength(100L << 20);
        }

        Assert.Equal("it is too large", new FolderReader(_folder.Root).Read("large").Fault);
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
