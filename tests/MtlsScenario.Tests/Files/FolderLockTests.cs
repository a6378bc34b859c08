using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using MtlsScenario.Files;
using Xunit;

namespace MtlsScenario.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class FolderLockTests
{
    [Fact]
    public void A_lock_ends_with_its_owner_whatever_copies_of_the_handle_there_are()
    {
        using var folder = new TemporaryFolder();
        FolderLock taken = FolderLock.Take(folder.Root);
        string descriptor = Assert.Single(
            Directory.GetFileSystemEntries("/proc/self/fd"), entry => new FileInfo(entry).LinkTarget == folder.Root);

        // As a process has one that was just started, and whose program has not taken over yet.
        using var copy = new SafeFileHandle(Copy(int.Parse(Path.GetFileName(descriptor), CultureInfo.InvariantCulture)), ownsHandle: true);
        Assert.False(copy.IsInvalid);
        Assert.Null(FolderLock.TryTake(folder.Root));

        taken.Dispose();

        using FolderLock? again = FolderLock.TryTake(folder.Root);
        Assert.NotNull(again);
    }

#pragma warning disable SYSLIB1054 // The generated marshalling would need unsafe code in the tests, and a number needs none.
    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Copy(int descriptor);
#pragma warning restore SYSLIB1054
}
