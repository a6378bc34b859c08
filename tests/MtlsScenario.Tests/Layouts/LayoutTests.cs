using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tests.Planning;
using Xunit;

namespace MtlsScenario.Tests.Layouts;

public sealed class LayoutTests : IDisposable
{
    private readonly AppliedFolder _folder = new();

    [Fact]
    public void What_would_be_issued_and_what_was_issued_are_the_same_text()
    {
        foreach (Scenario scenario in new[] { AmyBob.Scenario, Rich })
        {
            using var folder = new AppliedFolder();
            folder.Apply(scenario);
            Assert.Equal(Planned(scenario), Found(scenario, folder));
        }
    }

    [Fact]
    public void What_differs_from_the_plan_shows()
    {
        _folder.Apply(AmyBob.Scenario);
        File.Copy(_folder.At("ca.key"), _folder.At("bob_server.key"), overwrite: true);
        File.Copy(_folder.At("amy_client.crt"), _folder.At("bob_server.crt"), overwrite: true);
        File.Delete(_folder.At("bob_server.csr"));
        string[] difference =
        [
            .. LineDifference.Lines(Planned(AmyBob.Scenario), Found(AmyBob.Scenario, _folder)).Where(line => line[0] != ' '),
        ];
        Assert.Equal(
            [
                "-  subject                 /CN=localhost",
                "+  subject                 /CN=amy-client",
                "-  extendedKeyUsage        serverAuth",
                "+  extendedKeyUsage        clientAuth",
                "-  subjectAltName          dns:localhost",
                "-  key file                bob_server.key",
                "-  request file            bob_server.csr",
                "+  key file                bob_server.key, not the key of the certificate",
                "+  request file            bob_server.csr, missing",
            ],
            difference);
    }

    [Fact]
    public void A_fleet_is_one_entry_that_names_the_replicas_that_differ()
    {
        _folder.Apply(Rich);
        File.Copy(_folder.At("amy_client.crt"), _folder.At("device-7_client.crt"), overwrite: true);
        string found = Found(Rich, _folder);
        Assert.Contains("  fault                   device-7_client differs: serialNumber\n", found, StringComparison.Ordinal);
        Assert.DoesNotContain("device-8", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_and_serial_numbers_are_shown_as_they_are()
    {
        _folder.Apply(AmyBob.Scenario);
        string text = LayoutText.Of(
            FoundLayout.AsItIs(Planner.For(AmyBob.Scenario), new FolderReader(_folder.Root)), _folder.Now.AddDays(366));
        Assert.Contains(
            "  validity                2026-11-24T12:00:00Z to 2027-11-24T12:00:00Z\n                          expired 1 day ago\n",
            text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("random", text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>An intermediate, a fleet with numbers in its names, written and relative dates, several anchors.</summary>
    internal static Scenario Rich
    {
        get
        {
            Authority root = AmyBob.Authority("root");
            Authority issuing = AmyBob.Authority("issuing", issuer: "root") with { Operator = "bob" };
            PartyCertificate server = AmyBob.Certificate(Role.Server, "localhost", "issuing", "root", "issuing");
            PartyCertificate device = AmyBob.Certificate(Role.Client, "device-{n}", "root");
            return new Scenario
            {
                Name = "rich",
                Description = "Everything at once.",
                Folders = Model.FolderLayout.Flat,
                Authorities =
                [
                    root with
                    {
                        Certificate = root.Certificate! with
                        {
                            Lifetime = new Lifetime(
                                new TimePoint.Instant(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                                new TimePoint.Offset(TimeSpan.FromDays(30))),
                            Serial = new SerialNumber.Fixed(4711),
                        },
                    },
                    issuing,
                ],
                Parties =
                [
                    new Party { Name = "bob", Certificates = [server] },
                    new Party { Name = "amy", Certificates = [AmyBob.Certificate(Role.Client, "amy", "root", "root")] },
                    new Party
                    {
                        Name = "device",
                        Replicas = 12,
                        Certificates =
                        [
                            device with
                            {
                                Certificate = device.Certificate with
                                {
                                    Serial = SerialNumber.OfReplica.Instance,
                                    Names =
                                    [
                                        new GeneralName(GeneralNameKind.IpAddress, "10.0.0.{n}"),
                                        new GeneralName(GeneralNameKind.Uri, "spiffe://x/{n}"),
                                    ],
                                },
                            },
                        ],
                    },
                ],
            };
        }
    }

    private static string Planned(Scenario scenario) => LayoutText.Of(PlannedLayout.Of(Planner.For(scenario)), now: null);

    private static string Found(Scenario scenario, AppliedFolder folder) =>
        LayoutText.Of(FoundLayout.InWordsOfPlan(Planner.For(scenario), new FolderReader(folder.Root)), now: null);
}
