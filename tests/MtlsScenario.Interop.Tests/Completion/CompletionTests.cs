using MtlsScenario.Tool.Commands;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Completion;

/// <summary>The completion scripts in the shells that they are for.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Every_command_is_offered(string shell)
    {
        IReadOnlyList<string> offers = await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario ");

        Assert.Equal(CommandCatalog.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal), offers);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task The_words_that_an_argument_can_be_are_offered(string shell)
    {
        Assert.Equal(["bash", "fish", "zsh"], await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario completion "));
        Assert.Equal(["fish"], await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario completion -q f"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task The_options_of_the_command_are_offered(string shell)
    {
        Assert.Equal(["--check"], await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario plan --ch"));
        Assert.Empty(await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario completion --ch"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Scenarios_are_offered_where_a_scenario_goes_and_folders_where_a_folder_goes(string shell)
    {
        _folder.Write("my.yaml", "");
        _folder.Write("my.txt", "");
        _folder.Write("more/other.txt", "");

        IReadOnlyList<string> files = await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario apply m");
        IReadOnlyList<string> folders = await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario apply my.yaml --dir m");

        Assert.Contains("my.yaml", files);
        Assert.Equal(["more"], folders);
        if (shell is not "fish")
        {
            // fish puts the scenarios first and the other files after them.
            Assert.DoesNotContain("my.txt", files);
        }
    }
}
