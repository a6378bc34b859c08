using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tests.Files;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

/// <summary>The proof can fail: what another scenario made is found out, field by field.</summary>
public sealed class EngineComparerTests : IDisposable
{
    private const string Yaml = """
        name: proof
        defaults: { key: ec-p256 }
        authorities: { root: { subject: /CN=root }, ca: { subject: /CN=ca, issuer: root } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, key: ed25519, names: [localhost] } }
          amy: { client: { subject: /CN=amy, issuer: ca, serial: 7 } }
        connections: [amy -> bob]
        """;

    // Of the instance: a static one may be read first after what it is to precede.
    private readonly DateTimeOffset _before = DateTimeOffset.UtcNow;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_the_same_is_equal()
    {
        FileComparison[] all = Compare(Yaml, Yaml);

        Assert.Equal(
            ["root.crt", "ca.csr", "ca.crt", "bob_server.csr", "bob_server.crt", "bob_server.chain.crt", "amy_client.csr", "amy_client.crt", "amy_client.chain.crt"],
            all.Select(file => file.File));
        Assert.All(all, file => Assert.Empty(file.Differences));
        Assert.DoesNotContain(all, file => file.Equality == ByteEquality.Different);

        // An Ed25519 signature is the same each time, an ECDSA one never.
        Assert.Equal(ByteEquality.ByteForByte, all.Single(file => file.File == "bob_server.csr").Equality);
        Assert.Equal(ByteEquality.ToBeSigned, all.Single(file => file.File == "amy_client.csr").Equality);
        Assert.Equal("serial, dates", string.Join(", ", all.Single(file => file.File == "bob_server.crt").Drawn));
        Assert.Equal("dates", string.Join(", ", all.Single(file => file.File == "amy_client.crt").Drawn));
    }

    [Theory]
    [InlineData("names: [localhost]", "names: [localhost, evil]", "bob_server.crt", "subjectAltName")]
    [InlineData("/CN=localhost", "/O=x/CN=localhost", "bob_server.crt", "subject")]
    [InlineData("serial: 7", "serial: 8", "amy_client.crt", "serialNumber")]
    [InlineData("serial: 7", "lifetime: 90d, serial: 7", "amy_client.crt", "validity")]
    [InlineData("serial: 7", "digest: sha384, serial: 7", "amy_client.csr", "signatureAlgorithm")]
    [InlineData("names: [localhost]", "names: [localhost, evil]", "bob_server.csr", "subjectAltName")]
    [InlineData("/CN=localhost", "/O=x/CN=localhost", "bob_server.csr", "subject")]
    [InlineData("serial: 7", "extendedKeyUsage: [], serial: 7", "amy_client.crt", "extendedKeyUsage")]
    [InlineData("serial: 7", "keyUsage: [keyAgreement], serial: 7", "amy_client.crt", "keyUsage")]
    [InlineData("issuer: root", "issuer: root, pathLength: 0", "ca.crt", "basicConstraints")]
    [InlineData("key: ed25519", "key: rsa-2048", "bob_server.key", "key")]
    public void What_differs_is_named(string was, string became, string file, string field)
    {
        FileComparison[] all = Compare(Yaml, Yaml.Replace(was, became, StringComparison.Ordinal));

        FileComparison found = all.Single(comparison => comparison.File == file);
        Assert.Equal(ByteEquality.Different, found.Equality);
        Assert.Contains(found.Differences, difference => difference.Field == field);
    }

    [Theory]
    [InlineData("amy_client.crt")]
    [InlineData("amy_client.csr")]
    [InlineData("bob_server.crt")]
    [InlineData("bob_server.chain.crt")]
    public void A_text_that_is_more_than_the_blocks_is_named(string file)
    {
        Plan plan = Make(Yaml);
        File.AppendAllText(_folder.At($"out/{file}"), "\n");
        using var passwords = new StorePasswords(".", _ => null);
        var comparer = new EngineComparer(plan, new FolderReader(_folder.At("out")), _before, DateTimeOffset.UtcNow, passwords);

        FileComparison found = comparer.Compare(CancellationToken.None).Single(comparison => comparison.File == file);
        Assert.Equal(ByteEquality.Different, found.Equality);
        Assert.Equal("text", Assert.Single(found.Differences).Field);
    }

    [Fact]
    public void Files_that_are_too_many_or_too_few_and_modes_are_named()
    {
        Plan plan = Make(Yaml);
        File.Delete(_folder.At("out/ca.csr"));
        File.WriteAllText(_folder.At("out/ca.srl"), "");
        Directory.CreateDirectory(_folder.At("out/inner"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.At("out/ca.key"), (UnixFileMode)0b110_100_100);
        }

        Assert.Equal(
            OperatingSystem.IsWindows() ? ["ca.csr", "ca.srl"] : ["ca.csr", "ca.srl", "ca.key", "inner"],
            FolderComparer.Differences(plan, _folder.At("out")).Select(file => file.File));
    }

    private FileComparison[] Compare(string made, string expected)
    {
        Make(made);
        Plan plan = ShippedScript.PlanOfText(expected);
        using var passwords = new StorePasswords(".", _ => null);
        var comparer = new EngineComparer(plan, new FolderReader(_folder.At("out")), _before, DateTimeOffset.UtcNow, passwords);
        return [.. comparer.Compare(CancellationToken.None)];
    }

    private Plan Make(string yaml)
    {
        using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Parse(yaml));
        issued.WriteTo(_folder.At("out"));
        return ShippedScript.PlanOfText(yaml);
    }
}
