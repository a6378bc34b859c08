using System.Text;
using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Binding;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using MtlsScenario.Model;
using MtlsScenario.Syntax;
using Xunit;

namespace MtlsScenario.Interop.Tests.Runtimes;

/// <summary>Holds the manifests of every party of every shipped scenario to the schemas of cert-manager's and trust-manager's CRDs.</summary>
public sealed class CertManagerTests
{
    private const string Validate = """
        const models = { ...require('@kubernetes-models/cert-manager/cert-manager.io/v1'), ...require('@kubernetes-models/cert-manager/trust.cert-manager.io/v1alpha1') };
        for (const line of require('fs').readFileSync('manifests.txt', 'utf8').trim().split('\n')) {
          const manifest = JSON.parse(line);
          new models[manifest.kind](manifest).validate();
          console.log(manifest.kind);
        }
        """;

    [Fact]
    public async Task What_is_not_refused_is_valid()
    {
        using var folder = new ToolFolder();
        List<string> manifests = [];
        List<string> refusals = [];
        foreach (Scenario scenario in ShippedScenarios.Names().Select(ShippedScenarios.Read))
        {
            foreach (Party party in scenario.Parties.Where(party => party.Called is not null))
            {
                var reference = PartyReference.Read(scenario, party.Replicas is null ? party.Name : $"{party.Name}[1]", out _)!;
                switch (ConfigWriter.Server(ConfigProgram.CertManager, new EndSettings(scenario, "").Server(reference)!, party.Name))
                {
                    case ConfigOutcome.Written written:
                        manifests.AddRange(written.Files[0].Text.Split("---\n").Skip(1).Select(AsJson));
                        break;
                    case ConfigOutcome.Refused refused:
                        refusals.Add(refused.Why);
                        break;
                }
            }
        }

        File.WriteAllText(folder.At("validate.js"), Validate);
        File.WriteAllLines(folder.At("manifests.txt"), manifests);
        BufferedCommandResult result = await Shell.RunAsync(folder.Root, $"{NodePackages.Variable} node validate.js");
        Assert.True(result.ExitCode == 0, result.StandardError);
        string[] kinds = [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

        Assert.Equal(manifests.Count, kinds.Length);
        Assert.Equal(["Bundle", "Certificate", "Issuer"], kinds.Distinct().Order());
        Assert.Contains(refusals, why => why.Contains("serial", StringComparison.Ordinal));
        Assert.Contains(refusals, why => why.Contains("pathLength", StringComparison.Ordinal));

        // The schema can fail.
        File.WriteAllText(folder.At("manifests.txt"), manifests.First(text => text.Contains("\"Certificate\"", StringComparison.Ordinal)).Replace("\"issuerRef\"", "\"issuer\"", StringComparison.Ordinal));
        Assert.NotEqual(0, (await Shell.RunAsync(folder.Root, $"{NodePackages.Variable} node validate.js")).ExitCode);
    }

    private static string AsJson(string yaml)
    {
        SyntaxNode? root = DocumentReader.Read(Encoding.UTF8.GetBytes(yaml), new FaultList("manifest"));
        Assert.True(root is not null, yaml);
        return JsonOfYaml.Convert(root)!.ToJsonString();
    }
}
