using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Configs;
using MtlsScenario.Files;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>
/// Bob and those who call him, with certificates in a folder: amy, below an intermediate of the authority that bob trusts;
/// late, who is amy with a certificate that has expired; carl, whom bob can verify and does not admit; mallory, who has amy's name from an authority that bob does not trust; and
/// eve, a server with bob's name from an authority that nobody else trusts.
/// </summary>
internal sealed class ConfiguredScenario : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

    private static readonly Lifetime Past = new(new TimePoint.Offset(TimeSpan.FromDays(-2)), new TimePoint.Offset(TimeSpan.FromDays(-1)));

    private ConfiguredScenario(Scenario scenario) => Scenario = scenario;

    public Scenario Scenario { get; private set; }

    /// <summary>The folder of the certificates, where all programs run.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Makes the certificates.</summary>
    /// <param name="edit">Changes bob's certificate, or another's.</param>
    /// <param name="reader">The account that reads bob's key by its group; null for whoever runs the tests.</param>
    public static ConfiguredScenario Create(Func<string, PartyCertificate, PartyCertificate>? edit = null, string? reader = null)
    {
        int bob = FreePort.Take();
        int eve = FreePort.Take();
        Party PartyOf(string name, Role role, string issuer, string commonName, params ImmutableArray<string> trusts)
        {
            var certificate = new PartyCertificate
            {
                Role = role,
                Certificate = Named(commonName, issuer) with { Lifetime = name == "late" ? Past : Lifetime.Of(TimeSpan.FromDays(30)), ExtendedKeyUsage = [role == Role.Server ? KeyPurpose.ServerAuth : KeyPurpose.ClientAuth], KeyUsage = KeyUsages.DigitalSignature, Names = role == Role.Server ? [new GeneralName(GeneralNameKind.Dns, commonName)] : [] },
                Trusts = trusts,
                Formats = [new(FormatKind.Pkcs12), new(FormatKind.TrustStore), new(FormatKind.CombinedPem)],
                Listen = new ListenAddress("localhost", name == "eve" ? eve : bob),
            };
            var party = new Party { Name = name, Certificates = [edit?.Invoke(name, certificate) ?? certificate] };
            return reader is null || name != "bob" ? party : party with { KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, KeyGroup = reader };
        }

        Connection Call(string from, string to) => new() { From = new ConnectionEnd(from), To = new ConnectionEnd(to), Host = "localhost" };
        var made = new ConfiguredScenario(new Scenario
        {
            Name = "configured",
            Authorities =
            [
                AuthorityOf("bob_ca", null), AuthorityOf("root", null), AuthorityOf("ica", "root"), AuthorityOf("other_ca", null),
            ],
            Parties =
            [
                PartyOf("bob", Role.Server, "bob_ca", "localhost", "root", "bob_ca"),
                PartyOf("eve", Role.Server, "other_ca", "localhost", "root", "bob_ca"),
                PartyOf("amy", Role.Client, "ica", "amy-client", "bob_ca"),
                PartyOf("late", Role.Client, "ica", "amy-client", "bob_ca"),
                PartyOf("carl", Role.Client, "root", "carl-client", "bob_ca"),
                PartyOf("mallory", Role.Client, "other_ca", "amy-client", "bob_ca"),
            ],
            Connections = [Call("amy", "bob"), Call("carl", "bob"), Call("late", "bob"), Call("mallory", "bob"), Call("amy", "eve")],
        });
        if (reader is not null && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(made.Folder, File.GetUnixFileMode(made.Folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        made.Apply();
        return made;
    }

    /// <summary>Makes the certificates of a scenario that ships, whose servers listen on a port that is free.</summary>
    /// <param name="name">Its name.</param>
    public static ConfiguredScenario Shipped(string name)
    {
        int port = FreePort.Take();
        var made = new ConfiguredScenario(OnPort(ShippedScenarios.Read(name), port));
        made.Apply();
        return made;
    }

    /// <summary>Makes what an edited text asks for beside what is there, on the same port.</summary>
    public void ChangeText(string text)
    {
        ScenarioReadResult read = ScenarioReader.Read("edited.yaml", System.Text.Encoding.UTF8.GetBytes(text));
        Change(scenario => OnPort(read.Scenario!, scenario.Party("bob").Called!.Listen.Port));
    }

    /// <summary>Makes what a changed scenario asks for beside what is there.</summary>
    public void Change(Func<Scenario, Scenario> edit)
    {
        Scenario = edit(Scenario);
        Apply();
    }

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>A server's configuration, saved in the folder.</summary>
    public ImmutableArray<ConfigFile> WriteServer(ConfigProgram program, string party = "bob") =>
        Write(ConfigWriter.Server(program, Server(program, party), party));

    /// <summary>What a party is as a server.</summary>
    public ServerSettings Server(ConfigProgram program, string party = "bob") =>
        new EndSettings(Scenario, FolderFor(program)).Server(PartyReference.Read(Scenario, party, out _)!)!;

    /// <summary>A certificate of the folder with its key.</summary>
    public X509Certificate2 Load(string stem) => X509Certificate2.CreateFromPemFile(At($"{stem}.crt"), At($"{stem}.key"));

    /// <summary>A client's configuration, saved in the folder.</summary>
    public ImmutableArray<ConfigFile> WriteClient(
        ConfigProgram program, string party, string server = "bob", bool presentsNothing = false, string? host = null, Func<ClientSettings, ClientSettings>? edit = null)
    {
        PartyReference reference = PartyReference.Read(Scenario, party, out _)!;
        Scenario scenario = host is null
            ? Scenario
            : Scenario with { Connections = [.. Scenario.Connections.Select(connection => connection with { Host = host })] };
        CallTarget target = CallTargets.Of(scenario, reference).Single(target => target.Server!.Party == server);
        ClientSettings client = new EndSettings(scenario, FolderFor(program)).Client(reference, target with { PresentsNothing = presentsNothing })!;
        return Write(ConfigWriter.Client(program, edit?.Invoke(client) ?? client, presentsNothing ? $"{party}_without" : party));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Many a program takes relative paths as relative to its own folder.</summary>
    private string FolderFor(ConfigProgram program) => program is ConfigProgram.Nginx or ConfigProgram.Apache or ConfigProgram.Postgres or ConfigProgram.MySql or ConfigProgram.RabbitMq or ConfigProgram.Stunnel ? Folder : "";

    private ImmutableArray<ConfigFile> Write(ConfigOutcome outcome)
    {
        ImmutableArray<ConfigFile> files = ((ConfigOutcome.Written)outcome).Files;
        foreach (ConfigFile file in files)
        {
            File.WriteAllText(At(file.Name), file.Text);
        }

        return files;
    }

    private void Apply()
    {
        foreach (PasswordSource.File file in Scenario.Parties.SelectMany(party => party.Certificates).Select(certificate => certificate.Password).OfType<PasswordSource.File>())
        {
            File.WriteAllText(At(file.Path), "changeit\n");
        }

        var reader = new FolderReader(Folder);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using var passwords = new StorePasswords(Folder, _ => "changeit");
        Reconciliation reconciliation = Reconciler.Run(Planner.For(Scenario), reader, new ReconciliationOptions { Passwords = passwords }, now);
        Assert.Empty(reconciliation.Obstacles);
        using var artifacts = new NativeArtifacts(reader, reconciliation);
        new FolderUpdater(reader, new FolderWriter(Folder), artifacts).Run(reconciliation, CancellationToken.None);
    }

    private static Scenario OnPort(Scenario scenario, int port) => scenario with
    {
        Parties = [.. scenario.Parties.Select(party => party with { Certificates = [.. party.Certificates.Select(certificate => certificate with { Listen = certificate.Listen with { Port = port } })] })],
    };

    private static Authority AuthorityOf(string name, string? issuer) => new()
    {
        Name = name,
        Issuer = issuer,
        Certificate = Named(name, issuer) with { KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign },
    };

    private static CertificateSpecification Named(string commonName, string? issuer) => new()
    {
        Subject = new DistinguishedName([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, commonName)])]),
        Issuer = issuer,
        Key = KeyAlgorithm.EcP256,
    };
}
