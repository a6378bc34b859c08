using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Model;
using MtlsScenario.Tests.Handshakes;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Runs databases, brokers and the like as they are configured, and calls them in their own protocols.</summary>
[Collection(nameof(ProductServers))]
public sealed class ProductTests(ProductServers servers)
{
    public static TheoryData<string> All =>
    [
        nameof(ConfigProgram.Postgres), nameof(ConfigProgram.MySql), nameof(ConfigProgram.Redis), nameof(ConfigProgram.Mosquitto),
        nameof(ConfigProgram.RabbitMq), nameof(ConfigProgram.Stunnel), nameof(ConfigProgram.Etcd),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Only_callers_that_are_verified_and_admitted_get_through(string program)
    {
        ProductServer server = await servers.OfAsync(program);
        bool admits = ConfigPrograms.Of(server.Product.Program).Admits != AdmissionSupport.None;
        (string Who, Caller Caller, Answer Expected)[] callers =
        [
            ("amy", new("amy", "amy_client"), Answer.LetIn),
            ("amy by TLS 1.2", new("amy", "amy_client", "-tls1_2"), Answer.LetIn),
            ("carl, who is not admitted", new("carl-client", "carl_client"), admits ? Answer.NotAdmitted : Answer.LetIn),
            ("carl as amy", new("amy", "carl_client"), admits ? Answer.NotAdmitted : Answer.LetIn),
            ("amy of another CA", new("amy", "mallory_client"), Answer.TurnedAway),
            ("amy of another CA by TLS 1.2", new("amy", "mallory_client", "-tls1_2"), Answer.TurnedAway),
            ("amy with a certificate that has expired", new("amy", "late_client"), Answer.TurnedAway),
            ("nobody", new("amy", null), server.Product.ToNobody),
            ("nobody by TLS 1.2", new("amy", null, "-tls1_2"), server.Product.ToNobody),
            ("amy once more", new("amy", "amy_client"), Answer.LetIn),
        ];
        List<string> answers = [];
        foreach ((string who, Caller caller, _) in callers)
        {
            answers.Add($"{who}: {await server.CallAsync(caller)}");
        }

        Assert.Equal(callers.Select(caller => $"{caller.Who}: {caller.Expected}"), answers);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_server_lets_no_forger_in(string program)
    {
        ProductServer server = await servers.OfAsync(program);
        using X509Certificate2 leaf = server.Made.Load("amy_client"), intermediate = server.Made.Load("ica"), root = server.Made.Load("root");
        List<string> believed = [];
        foreach (ForgedChain forged in ForgedChains.Of(leaf, intermediate, root))
        {
            int end = forged.Chain.IndexOf("-----END CERTIFICATE-----\n", StringComparison.Ordinal) + "-----END CERTIFICATE-----\n".Length;
            File.WriteAllText(server.Made.At("forged.crt"), forged.Chain[..end]);
            File.WriteAllText(server.Made.At("forged.rest"), forged.Chain[end..]);
            File.WriteAllText(server.Made.At("forged.key"), forged.Key);
            if (end == forged.Chain.Length)
            {
                File.Delete(server.Made.At("forged.rest"));
            }

            if (await server.CallAsync(new Caller("amy", "forged")) != Answer.TurnedAway)
            {
                believed.Add(forged.Name);
            }
        }

        Assert.Equal([], believed);
        Assert.Equal(Answer.LetIn, await server.CallAsync(new Caller("amy", "amy_client")));
    }

    /// <summary>
    /// Whose names are nearly those that are admitted. What differs from the table: where accounts are made for subjects, whoever has further
    /// attributes is somebody else; and some read a name of any encoding as its text, or no name of an encoding that nobody uses.
    /// </summary>
    [Theory]
    [InlineData(nameof(ConfigProgram.Postgres), false, "+CN Äpfel…, T61String of Latin-1 as Äpfel, \"und\" $Birnen")]
    [InlineData(nameof(ConfigProgram.MySql), true, "+CN amy, BIT STRING as amy")]
    [InlineData(nameof(ConfigProgram.Mosquitto), true, "+CN amy, BMPString as amy", "+CN amy, UniversalString as amy")]
    [InlineData(nameof(ConfigProgram.RabbitMq), false, "-CN amy, IA5String as amy", "+CN amy, BMPString as amy", "+CN amy, BMPString, O x/CN=amy as amy", "+CN amy, UniversalString as amy")]
    public async Task A_server_decides_by_names_as_the_table_says(string program, bool isBySubject, params string[] differences)
    {
        ProductServer server = await servers.OfAsync(program);
        ImmutableArray<AdmissionPattern> entries = server.Made.Scenario.Party("bob").Called!.Admits!.Value;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 issuer = server.Made.Load("ica");
        File.WriteAllText(server.Made.At("odd.key"), key.ExportPkcs8PrivateKeyPem());
        File.Copy(server.Made.At("ica.crt"), server.Made.At("odd.rest"), overwrite: true);
        bool hasRoles = program == nameof(ConfigProgram.Postgres);
        List<string> expected = [], letIn = [];
        foreach (OddCaller caller in OddCallers.All.Where(caller => caller.AlternativeNames is null))
        {
            using X509Certificate2 certificate = caller.Certify(issuer, key);
            File.WriteAllText(server.Made.At("odd.crt"), certificate.ExportCertificatePem());
            PeerNames names = PeerNames.Of(certificate);
            bool isAdmitted = entries.Any(entry => Admission.Matches(entry, names)) && (!isBySubject || certificate.SubjectName.EnumerateRelativeDistinguishedNames().ToArray() is [{ HasMultipleElements: false }]);
            foreach (string account in hasRoles ? Postgres.Roles.Intersect(["amy", "x.clients.example", "Äpfel, \"und\" $Birnen", caller.Label[3..]]) : ["amy"])
            {
                string text = $"{caller.Label} as {account}";
                if (differences.Contains($"+{text}") || (isAdmitted && (!hasRoles || names.CommonNames.Contains(account)) && !differences.Contains($"-{text}")))
                {
                    expected.Add(text);
                }

                if (await server.CallAsync(new Caller(account, "odd")) == Answer.LetIn)
                {
                    letIn.Add(text);
                }
            }
        }

        Assert.Equal(string.Join('\n', expected), string.Join('\n', letIn));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_minimum_of_TLS_1_3_holds(string program)
    {
        if (program == nameof(ConfigProgram.Etcd))
        {
            // Debian's is older than the option, and does not start rather than not to heed it.
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ProductServer.StartAsync(Product.Of(program), TlsVersion.Tls13));
            Assert.Contains("-tls-min-version", exception.Message, StringComparison.Ordinal);
            return;
        }

        await using ProductServer server = await ProductServer.StartAsync(Product.Of(program), TlsVersion.Tls13);

        Assert.Equal(Answer.LetIn, await server.CallAsync(new Caller("amy", "amy_client")));
        Assert.Equal(Answer.TurnedAway, await server.CallAsync(new Caller("amy", "amy_client", "-tls1_2")));
    }

    /// <summary>Without any entry in its list Mosquitto would let in everybody.</summary>
    [Fact]
    public async Task A_list_of_nobody_lets_in_nobody()
    {
        await using ProductServer server = await ProductServer.StartAsync(new Mosquitto(), admitsNobody: true);

        Assert.Equal(Answer.NotAdmitted, await server.CallAsync(new Caller("amy", "amy_client")));
    }
}
