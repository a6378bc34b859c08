using System.Runtime.CompilerServices;
using System.Text;
using MtlsScenario.Tests.Files;
using Xunit;

namespace MtlsScenario.Tests.Snapshots;

/// <summary>What snapshots compare and leave, whichever engine compares them.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a\nb", true)]
    [InlineData("\uFEFFa\nb", true)]
    [InlineData("a\nb\n", true)]
    [InlineData("a\nb\n\n", false)]
    [InlineData("a\nb ", false)]
    [InlineData("a", false)]
    public async Task One_more_newline_at_the_end_is_no_difference(string verified, bool isSame)
    {
        File.WriteAllText(_folder.At("text.verified.txt"), verified);

        Exception? exception = await Record.ExceptionAsync(VerifyAsync);

        Assert.Equal(isSame, exception is null);
        Assert.Equal(!isSame, File.Exists(_folder.At("text.received.txt")));
    }

    [Fact]
    public async Task What_is_received_begins_with_a_byte_order_mark_and_an_empty_snapshot_goes()
    {
        File.WriteAllText(_folder.At("text.verified.txt"), "");

        Assert.NotNull(await Record.ExceptionAsync(VerifyAsync));

        Assert.Equal([.. Encoding.UTF8.Preamble, .. "a\nb"u8], File.ReadAllBytes(_folder.At("text.received.txt")));
        Assert.False(File.Exists(_folder.At("text.verified.txt")));
    }

    /// <summary>The two lines that Verify's check of conventions looks for.</summary>
    [Fact]
    public void Editors_and_git_know_how_snapshots_are_written()
    {
        Assert.Contains("[*.{received,verified}.{txt}]", File.ReadAllLines(RepositoryFile(".editorconfig")));
        Assert.Contains("*.verified.txt text eol=lf working-tree-encoding=UTF-8", File.ReadAllLines(RepositoryFile(".gitattributes")));
    }

    private static string RepositoryFile(string name, [CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "../../..", name);

    private Task VerifyAsync()
    {
        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory(_folder.At("."));
        settings.UseFileName("text");
        settings.DisableRequireUniquePrefix();
        return Verifier.Verify("a\nb", settings);
    }
}
