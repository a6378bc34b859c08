using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Running;

/// <summary>A folder that is gone when its name is read stands in no message, whichever program spoke of it.</summary>
public sealed class TemporaryNameTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public TemporaryNameTests() => _folder.Write("pair.yaml", """
        name: pair
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=pair-ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
        connections: [amy -> bob]
        """);

    [Theory]
    [InlineData("openssl")]
    [InlineData("node")]
    [InlineData("nginx")]
    [InlineData("curl")]
    public async Task What_a_program_says_of_its_files_has_only_their_names(string stack)
    {
        Needs.Program(stack);
        await _folder.RunToolAsync("apply", "pair.yaml");

        // Each program complains of a key that is not its certificate's, and names the file.
        foreach (string end in (string[])["bob_server", "amy_client"])
        {
            File.Copy(_folder.At("pair/ca.key"), _folder.At($"pair/{end}.key"), overwrite: true);
        }

        BufferedCommandResult test = await _folder.TryToolAsync("test", "pair.yaml", "-d", "pair", "--stack", stack, "--json");

        Assert.Contains("\"said\"", test.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("mtls-scenario-", test.StandardOutput + test.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_script_says_where_it_stops_has_no_folder_of_its_own()
    {
        Needs.Programs("sh", "openssl");
        // An openssl that tells its version, and then fails with the names that it was given.
        _folder.Write("openssl", "#!/bin/sh\n[ \"$1\" = version ] && exec openssl version\necho \"$0: cannot do $*, $(pwd)/x\" >&2\nexit 1\n");
        await Cli.Wrap("chmod").WithArguments(["+x", _folder.At("openssl")]).ExecuteAsync();
        BufferedCommandResult apply = await Cli.Wrap("dotnet")
            .WithArguments([ToolFolder.Tool, "apply", "pair.yaml", "--engine", "openssl"])
            .WithWorkingDirectory(_folder.Root)
            .WithEnvironmentVariables(variables => variables.Set("OPENSSL", "./openssl"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.Equal(3, apply.ExitCode);
        Assert.Contains("error: the script stopped: ", apply.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("script.sh", apply.StandardError.Replace(" script.sh", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(".staging", apply.StandardError, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
