using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tests.Handshakes;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Every program that enforces <c>admits</c> decides as the table of who is admitted does (AdmissionTableTests).</summary>
public sealed class AdmissionEnforcementTests
{
    [Theory]
    [InlineData(nameof(ConfigProgram.Nginx))]
    [InlineData(nameof(ConfigProgram.Haproxy))]
    [InlineData(nameof(ConfigProgram.Apache))]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(ServedParty.Serve)]
    public async Task A_server_decides_as_the_table_says(string program)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Trusts = ["root"] } : certificate);
        bool knowsSubjectsAlone = program is nameof(ConfigProgram.Nginx) or nameof(ConfigProgram.Haproxy) or nameof(ConfigProgram.Apache);
        ImmutableArray<AdmissionPattern> entries = [.. OddCallers.Entries.Where(entry => !knowsSubjectsAlone || entry.Kind is null)];
        ListenAddress[] addresses = [.. FreePort.Take(entries.Length).Select(port => new ListenAddress("localhost", port))];
        List<IAsyncDisposable> servers = [];
        if (program == ServedParty.Serve)
        {
            for (int index = 0; index < entries.Length; index++)
            {
                servers.Add(await ServedParty.StartAsync(made, "bob", addresses[index], [entries[index]]));
            }
        }
        else
        {
            var kind = Enum.Parse<ConfigProgram>(program);
            ServerSettings bob = made.Server(kind);
            servers.Add(await ServerRunner.StartAsync(made, kind, [.. entries.Select((entry, index) => bob with { Party = $"bob-{index}", Listen = addresses[index], Admits = [entry] })]));
        }

        ImmutableArray<(AdmissionPattern Entry, OddCaller Caller, bool IsAdmitted)> decisions =
        [
            .. Decisions(made, entries).Select(decision => decision with { IsAdmitted = decision.IsAdmitted || (program == nameof(ConfigProgram.Apache) && IsItsText(decision.Entry, decision.Caller)) }),
        ];
        var calls = new CurlCalls(made);
        foreach ((AdmissionPattern entry, OddCaller caller, _) in decisions)
        {
            calls.Add(addresses[entries.IndexOf(entry)].Port, FileOf(caller), "odd.key");
        }

        string[] statuses = await calls.RunAsync();
        foreach (IAsyncDisposable server in servers)
        {
            await server.DisposeAsync();
        }

        Assert.Equal(Texts(decisions, index => decisions[index].IsAdmitted), Texts(decisions, index => statuses[index] == "200"));

        // Those who are not admitted were verified all the same, so it was for their names.
        Assert.Contains("403", statuses);
    }

    /// <summary>The class that Kestrel's program decides with, compiled once for each entry.</summary>
    [Fact]
    public async Task A_program_of_dotnet_decides_as_the_table_says()
    {
        using ConfiguredScenario made = ConfiguredScenario.Create();
        ImmutableArray<AdmissionPattern> entries = OddCallers.Entries;
        ImmutableArray<(AdmissionPattern Entry, OddCaller Caller, bool IsAdmitted)> decisions = Decisions(made, entries);
        for (int index = 0; index < entries.Length; index++)
        {
            await File.WriteAllTextAsync(
                made.At($"entry{index}.cs"),
                $"{CSharpAdmission.FirstUsings}using System.Security.Cryptography.X509Certificates;\n{CSharpAdmission.LastUsings}namespace Entry{index};\n{CSharpAdmission.Of("bob", [entries[index]])}");
        }

        await File.WriteAllTextAsync(made.At("program.cs"), $$"""
            using System.Security.Cryptography.X509Certificates;
            Func<X509Certificate2, bool>[] entries = [{{string.Join(", ", entries.Select((_, index) => $"Entry{index}.Admission.Admits"))}}];
            foreach (string line in File.ReadLines("decisions.txt"))
            {
                string[] parts = line.Split(' ');
                Console.WriteLine(entries[int.Parse(parts[0])](X509CertificateLoader.LoadCertificateFromFile(parts[1])));
            }
            """);
        await File.WriteAllLinesAsync(made.At("decisions.txt"), decisions.Select(decision => $"{entries.IndexOf(decision.Entry)} {FileOf(decision.Caller)}"));
        await File.WriteAllTextAsync(made.At("odd.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
            </Project>
            """);
        BufferedCommandResult result = await Shell.RunAsync(made.Folder, "dotnet build odd.csproj --nologo -v q -o built -nodeReuse:false >&2 && dotnet built/odd.dll");
        Assert.True(result.ExitCode == 0, result.StandardError);
        string[] answers = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Texts(decisions, index => decisions[index].IsAdmitted), Texts(decisions, index => answers[index] == "True"));
    }

    /// <summary>What the programs of Java, Go and Python decide with, each in one process for all entries and callers.</summary>
    [Theory]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task A_program_of_a_runtime_decides_as_the_table_says(string program)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create();
        var decisions = Decisions(made, OddCallers.Entries);
        await File.WriteAllLinesAsync(made.At("decisions.txt"), decisions.Select(decision => $"{FileOf(decision.Caller)} {AdmissionExpression.Line(decision.Entry)}"));
        (string name, string text, string command) = program switch
        {
            nameof(ConfigProgram.Java) => ("Decide.java", $$"""
                {{JavaAdmission.Imports}}
                class Decide {
                    public static void main(String[] arguments) throws Exception {
                        for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("decisions.txt"))) {
                            String[] parts = line.split(" ", 2);
                            try (var file = new java.io.FileInputStream(parts[0])) {
                                var caller = (X509Certificate) java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(file);
                                System.out.println(new Admission(parts[1]).admits(caller) ? "True" : "False");
                            } catch (java.security.cert.CertificateException unreadable) {
                                System.out.println("False");
                            }
                        }
                    }
                }
                {{JavaAdmission.Class}}
                """, "java Decide.java"),
            nameof(ConfigProgram.Go) => ("decide.go", $$"""
                package main

                {{GoAdmission.Import([.. GoAdmission.Imports, "encoding/pem", "fmt", "os"])}}
                func main() {
                	text, _ := os.ReadFile("decisions.txt")
                	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
                		name, entry, _ := strings.Cut(line, " ")
                		certificate, _ := os.ReadFile(name)
                		block, _ := pem.Decode(certificate)
                		caller, err := x509.ParseCertificate(block.Bytes)
                		fmt.Println(map[bool]string{true: "True", false: "False"}[err == nil && admits([]string{entry}, caller)])
                	}
                }

                {{GoAdmission.Functions}}
                """, "go run decide.go"),
            _ => ("decide.py", $$"""
                import re
                import ssl


                {{PythonAdmission.Functions}}

                for line in open("decisions.txt", encoding="utf-8").read().rstrip("\n").split("\n"):
                    name, entry = line.split(" ", 1)
                    print(admits([entry], ssl.PEM_cert_to_DER_cert(open(name).read())))
                """, "python3 decide.py"),
        };
        await File.WriteAllTextAsync(made.At(name), text);
        BufferedCommandResult result = await Shell.RunAsync(made.Folder, command);
        Assert.True(result.ExitCode == 0, result.StandardError);
        string[] answers = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Texts(decisions, index => decisions[index].IsAdmitted), Texts(decisions, index => answers[index] == "True"));
    }

    /// <summary>What the table says, for each entry and the callers who have such names; their certificates are put into the folder.</summary>
    private static ImmutableArray<(AdmissionPattern Entry, OddCaller Caller, bool IsAdmitted)> Decisions(
        ConfiguredScenario made, ImmutableArray<AdmissionPattern> entries)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 root = made.Load("root");
        File.WriteAllText(made.At("odd.key"), key.ExportPkcs8PrivateKeyPem());
        var decisions = ImmutableArray.CreateBuilder<(AdmissionPattern, OddCaller, bool)>();
        foreach (OddCaller caller in OddCallers.All)
        {
            using X509Certificate2 certificate = caller.Certify(root, key);
            File.WriteAllText(made.At(FileOf(caller)), certificate.ExportCertificatePem());
            foreach (AdmissionPattern entry in entries.Where(entry => entry.Kind is null == (caller.AlternativeNames is null)))
            {
                decisions.Add((entry, caller, Admission.Matches(entry, PeerNames.Of(certificate))));
            }
        }

        return decisions.ToImmutable();
    }

    private static readonly string[] _encodings = ["BMPString", "UniversalString", "Latin-1"];

    /// <summary>Whether a program that reads a name of any encoding as its text takes the caller for who is admitted, which the table does not.</summary>
    private static bool IsItsText(AdmissionPattern entry, OddCaller caller) =>
        _encodings.Any(encoding => caller.Label.Contains(encoding, StringComparison.Ordinal))
        && (caller.Label.StartsWith("CN amy", StringComparison.Ordinal) ? entry.Pattern is "amy" or "*" : entry.Pattern.StartsWith('Ä'));

    private static string FileOf(OddCaller caller) => $"odd{OddCallers.All.IndexOf(caller)}.crt";

    /// <summary>Who is let in by what, a line each.</summary>
    private static string Texts(
        ImmutableArray<(AdmissionPattern Entry, OddCaller Caller, bool IsAdmitted)> decisions, Func<int, bool> isAdmitted) =>
        string.Join('\n', decisions.Select((decision, index) => (decision, index)).Where(item => isAdmitted(item.index))
            .Select(item => $"{item.decision.Entry} admits {item.decision.Caller.Label}"));
}
