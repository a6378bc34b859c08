using System.Runtime.Versioning;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Runtimes;

/// <summary>Both manifests of <c>kubernetes</c> are valid against the schema of Kubernetes' API, and hold what the files beside them do.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KubernetesTests() : ProgramTest("cluster")
{
    private const string Scenario = """
        name: cluster
        defaults: { key: ec-p256, formats: [kubernetes] }
        authorities:
          root: { subject: "/CN=yes: no # {}" }
          issuing: { subject: /CN=issuing, issuer: root }
          other: { subject: /CN=other }
        parties:
          Bob_B: { server: { subject: /CN=localhost, issuer: issuing, key: rsa-4096, trusts: [root, other] } }
          amy: { client: { subject: /CN=amy, issuer: root, trusts: [root] } }
          mute: { client: { subject: /CN=mute, issuer: issuing, trusts: [] } }
          "1": { replicas: 2, client: { subject: "/CN={n}", issuer: issuing, presents: leaf, trusts: [root] } }
        """;

    private const string Validate = """
        const fs = require('fs'), models = require('kubernetes-models/v1');
        for (const text of fs.readFileSync('manifests.txt', 'utf8').split('\n---\n')) {
          const manifest = require('yaml').parse(text);
          new models[manifest.kind](manifest).validate();
          for (const [name, value] of Object.entries(manifest.data))
            fs.writeFileSync(`${manifest.metadata.name}.${manifest.kind}.${name}`, manifest.kind === 'Secret' ? Buffer.from(value, 'base64') : value);
          console.log(manifest.kind, manifest.type ?? '-', manifest.metadata.name, ...Object.keys(manifest.data));
        }
        """;

    [Fact]
    public async Task They_are_valid_and_hold_what_the_files_do()
    {
        File.WriteAllText(At("cluster.yaml"), Scenario);
        BufferedCommandResult applied = await RunAsync(_tool, "apply", "cluster.yaml");
        Assert.True(applied.ExitCode == 0, applied.StandardError);
        string[] manifests = [.. Directory.GetFiles(At("cluster"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        BufferedCommandResult result = await ValidateAsync(manifests);
        Assert.True(result.ExitCode == 0, result.StandardError);

        string[] made = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "Secret kubernetes.io/tls 1-1-client tls.crt tls.key ca.crt", "ConfigMap - 1-1-client ca.crt",
                "Secret kubernetes.io/tls 1-2-client tls.crt tls.key ca.crt", "ConfigMap - 1-2-client ca.crt",
                "Secret kubernetes.io/tls bob-b-server tls.crt tls.key ca.crt", "ConfigMap - bob-b-server ca.crt",
                "Secret kubernetes.io/tls amy-client tls.crt tls.key ca.crt", "ConfigMap - amy-client ca.crt",
                "Secret kubernetes.io/tls mute-client tls.crt tls.key",
            ],
            made);

        // A name is a DNS subdomain (RFC 1123); the schema does not say so.
        Assert.All(made, line => Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", line.Split(' ')[2]));
        foreach ((string name, string file) in new[]
        {
            ("bob-b-server.Secret.tls.crt", "Bob_B_server.chain.crt"), ("bob-b-server.Secret.tls.key", "Bob_B_server.key"), ("bob-b-server.Secret.ca.crt", "Bob_B_server.trust.crt"),
            ("bob-b-server.ConfigMap.ca.crt", "Bob_B_server.trust.crt"), ("amy-client.Secret.tls.crt", "amy_client.crt"), ("amy-client.ConfigMap.ca.crt", "root.crt"),
            ("1-2-client.Secret.tls.crt", "1-2_client.crt"), ("1-2-client.Secret.tls.key", "1-2_client.key"),
        })
        {
            Assert.Equal(File.ReadAllBytes(At($"cluster/{file}")), File.ReadAllBytes(At(name)));
        }

        // The schema can fail.
        foreach (string wrong in (string[])[
            manifests[0].Replace("tls.crt: ", "tls.crt: '*'\n  tls.txt: ", StringComparison.Ordinal),
            manifests[1].Replace("apiVersion: v1", "apiVersion: v2", StringComparison.Ordinal),
            manifests[1].Replace("data:", "data:\n  x: 5", StringComparison.Ordinal)])
        {
            Assert.DoesNotContain(wrong, manifests);
            Assert.Contains("must", (await ValidateAsync(wrong)).StandardError, StringComparison.Ordinal);
        }
    }

    private Task<BufferedCommandResult> ValidateAsync(params string[] manifests)
    {
        File.WriteAllText(At("validate.js"), Validate);
        File.WriteAllText(At("manifests.txt"), string.Join("---\n", manifests));
        return Shell.RunAsync(_folder, $"{NodePackages.Variable} node validate.js");
    }
}
