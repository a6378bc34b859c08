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
    public async Task Stems_and_parties_come_from_the_scenario_on_the_line(string shell)
    {
        await _folder.RunAsync("init", "-o", "my.yaml");

        Assert.Equal(["all", "amy_client", "bob_server", "ca"], await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario apply my.yaml --new-key "));
        Assert.Equal(["bob_server"], await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario plan my.yaml --new-key bo"));
        Assert.Equal(["amy"], await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario call my.yaml am"));
        Assert.DoesNotContain("bob", await CompletingShell.OfferAsync(shell, _folder, "mtls-scenario serve missing.yaml b"));
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
