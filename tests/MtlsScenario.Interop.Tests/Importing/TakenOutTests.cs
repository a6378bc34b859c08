using System.Text.RegularExpressions;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Importing;

/// <summary>What <c>import</c> cannot name where it is: the command that it prints takes it out, and then it can.</summary>
public sealed partial class TakenOutTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p12", "openssl", "rm amy_client.crt amy_client.key")]
    [InlineData("der", "openssl", "rm amy_client.crt")]
    [InlineData("kubernetes", "base64", "rm amy_client.crt amy_client.key")]
    [InlineData("pem", "base64", """
        printf 'apiVersion: v1\nkind: Config\nusers:\n- name: amy\n  user:\n    client-certificate-data: %s\n    client-key-data: %s\n' \
            "$(base64 -w0 amy_client.crt)" "$(base64 -w0 amy_client.key)" >amy.conf; rm amy_client.*
        """)]
    public async Task What_is_in_a_form_that_no_scenario_names_is_imported_after_the_command_that_is_printed(string format, string program, string script)
    {
        Needs.Program(program);
        _folder.Write("shop.yaml", $$"""
            name: shop
            defaults: { key: ec-p256, request: false }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy, issuer: ca, formats: [{{format}}] } }
            connections: [amy -> bob]
            """);
        await _folder.RunToolAsync("apply", "shop.yaml", "-d", "made");
        await Shell.SucceedAsync(_folder.At("made"), script);

        BufferedCommandResult first = await _folder.TryToolAsync("import", "made", "-o", "first.yaml");
        Assert.DoesNotContain("amy", await File.ReadAllTextAsync(_folder.At("first.yaml")), StringComparison.Ordinal);
        string command = TakeOut().Match(first.StandardError).Groups[1].Value;
        await Shell.SucceedAsync(_folder.At("made"), command.Replace("-nodes", "-nodes -passin pass:changeit", StringComparison.Ordinal).Replace("-nokeys", "-nokeys -passin pass:changeit", StringComparison.Ordinal));

        await _folder.RunToolAsync("import", "made", "-o", "second.yaml");
        Assert.Matches("- amy\\S* -> bob", await File.ReadAllTextAsync(_folder.At("second.yaml")));
        await _folder.RunToolAsync("test", "second.yaml", "-d", "made");
    }

    [Fact]
    public async Task A_java_store_is_read_after_keytool_made_a_p12_of_it()
    {
        Needs.Program("keytool");
        await Shell.SucceedAsync(Directory.CreateDirectory(_folder.At("made")).FullName, "keytool -genkeypair -keystore amy.jks -storetype JKS -storepass changeit -keypass changeit -alias amy -keyalg EC -dname CN=amy 2>&1");
        BufferedCommandResult first = await _folder.TryToolAsync("import", "made", "-o", "first.yaml");
        Assert.Equal(3, first.ExitCode);
        string command = JavaStore().Match(first.StandardError).Groups[1].Value;
        await Shell.SucceedAsync(_folder.At("made"), $"{command} -srcstorepass changeit -deststorepass changeit 2>&1");
        Assert.Contains("amy.p12, /CN=amy: ", (await _folder.TryToolAsync("import", "made", "-o", "second.yaml")).StandardError, StringComparison.Ordinal);
    }

    [GeneratedRegex("take it out, and import again: (.*)")]
    private static partial Regex TakeOut();

    [GeneratedRegex("which only Java reads: (.*)")]
    private static partial Regex JavaStore();
}
