using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Importing;

/// <summary><c>import</c>, on folders as others make them.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public static TheoryData<string> Makers() => [.. MadeFolder.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Makers))]
    public async Task A_folder_is_taken_as_it_is_and_what_is_renewed_is_in_the_same_places(string maker)
    {
        MadeFolder made = MadeFolder.All[maker];
        Needs.Program(maker switch { "easy-rsa" => "/usr/share/easy-rsa/easyrsa", "cfssl" or "mkcert" or "certtool" => maker, _ => "openssl" });
        string folder = Directory.CreateDirectory(_folder.At("made")).FullName;
        await Shell.SucceedAsync(folder, made.Script);
        Dictionary<string, string> before = Contents();
        await NginxCall.GetThroughAsync(folder, made.Server, made.Client);

        // Exit code 0 is that plan has nothing to do.
        string said = await _folder.RunToolAsync("import", "made", "-o", "made.yaml");
        string scenario = await File.ReadAllTextAsync(_folder.At("made.yaml"));
        Assert.Equal(before, Contents());
        Assert.DoesNotContain(Secrets(before), line => said.Contains(line, StringComparison.Ordinal) || scenario.Contains(line, StringComparison.Ordinal));
        await _folder.RunToolAsync("plan", "made.yaml", "-d", "made", "--check");
        await _folder.RunToolAsync("test", "made.yaml", "-d", "made");

        await _folder.RunToolAsync("apply", "made.yaml", "-d", "made", "--renew");
        Dictionary<string, string> after = Contents();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Equal(before.Where(IsKey), after.Where(IsKey));
        foreach (string file in new[] { made.Server, made.Client }.SelectMany(end => end.Split(' ')).Where(file => !IsKey(new(file, before[file]))))
        {
            Assert.NotEqual(before[file], after[file]);
        }

        await NginxCall.GetThroughAsync(folder, made.Server, made.Client);
        await _folder.RunToolAsync("plan", "made.yaml", "-d", "made", "--check");
        await _folder.RunToolAsync("test", "made.yaml", "-d", "made");
    }

    private static bool IsKey(KeyValuePair<string, string> file) => file.Value.Contains("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>The lines of base64 in the files with a key.</summary>
    private static IEnumerable<string> Secrets(Dictionary<string, string> files) => files.Where(IsKey)
        .SelectMany(file => file.Value[file.Value.IndexOf("PRIVATE KEY", StringComparison.Ordinal)..].Split('\n')).Where(line => line.Length >= 40 && !line.Contains(' ', StringComparison.Ordinal));

    private Dictionary<string, string> Contents()
    {
        string root = _folder.At("made");
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), file => File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparer.Ordinal);
    }
}
