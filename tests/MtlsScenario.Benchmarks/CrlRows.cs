using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Benchmarks;

/// <summary>An authority that has revoked very many certificates: its CRL read and made anew, and checked, against openssl.</summary>
/// <param name="tool">The native binary.</param>
/// <param name="place">Where the files are.</param>
internal sealed class CrlRows(string tool, WorkPlace place)
{
    private const int Entries = 100_000;
    private const int Runs = 5;

    private const string Scenario = """
        name: crl
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=ca, revokes: [{ serial: 7 }] }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [ca], revocation: crl } }
        """;

    private const string Config = """
        [ca]
        default_ca = list
        [list]
        database = index.txt
        crlnumber = crlnumber.txt
        default_md = sha256
        crl_extensions = extensions
        [extensions]
        authorityKeyIdentifier = keyid:always
        """;

    private string _folder = "";
    private string _scenario = "";

    /// <summary>The most memory that a run of the tool had.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>What the rows speak of.</summary>
    public static string What { get; } = string.Create(CultureInfo.InvariantCulture, $"a CRL of {Entries:N0}");

    /// <summary>Measures.</summary>
    public IEnumerable<Comparison> Measure()
    {
        _scenario = place.Scenario("crl.yaml", Scenario);
        _folder = place.Empty();
        ChildProcess.Output(_folder, tool, "apply", _scenario, "-d", ".", "-q");
        var random = new Random(1);
        byte[] serial = new byte[16];
        using (var index = new StreamWriter(At("index.txt")))
        {
            for (int entry = 0; entry < Entries; entry++)
            {
                random.NextBytes(serial);
                serial[0] |= 0x40;
                index.Write($"R\t491231235959Z\t261101000000Z,keyCompromise\t{Convert.ToHexString(serial)}\tunknown\t/CN=x\n");
            }
        }

        File.WriteAllText(At("crl.cnf"), Config);
        yield return new Comparison($"`apply` that adds one to {What}", "`openssl ca -gencrl`", 3).Run(Runs, AddOne, Generate);
        yield return new Comparison($"a certificate looked for on {What}, in memory", "`openssl verify -crl_check`", null).Run(Runs, Check, Verify);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private TimeSpan Generate()
    {
        File.WriteAllText(At("crlnumber.txt"), "0A\n");
        return ChildProcess.Time(
            _folder, "openssl", "ca", "-gencrl", "-config", "crl.cnf", "-cert", "ca.crt", "-keyfile", "ca.key", "-crldays", "30", "-out", "list.crl");
    }

    /// <summary>What openssl made is read, and one more put on it.</summary>
    private TimeSpan AddOne()
    {
        if (!File.Exists(At("list.crl")))
        {
            Generate();
        }

        File.Copy(At("list.crl"), At("ca.crl"), overwrite: true);
        File.Delete(At("bob_server.crl"));
        (TimeSpan time, long peak) = ChildProcess.TimeAndPeak(_folder, tool, "apply", _scenario, "-d", ".", "-q");
        PeakBytes = Math.Max(PeakBytes, peak);
        int made = ParsedCrl.TryRead(File.ReadAllBytes(At("ca.crl")), out ParsedCrl? crl) ? crl.Entries.Length : 0;
        return made == Entries + 1 ? time : throw new InvalidOperationException($"there are {made} on the list");
    }

    private TimeSpan Check()
    {
        byte[] file = File.ReadAllBytes(At("ca.crl"));
        ImmutableArray<ParsedCertificate> path = [Certificate("bob_server.crt"), Certificate("ca.crt")];
        return Comparison.Time(() =>
        {
            if (!ParsedCrl.TryRead(file, out ParsedCrl? crl) || new RevocationChecker([crl]).Fault(path, DateTimeOffset.UtcNow) is not null)
            {
                throw new InvalidOperationException("the list turns away who is not on it");
            }
        });
    }

    private TimeSpan Verify() => ChildProcess.Time(_folder, "openssl", "verify", "-CAfile", "ca.crt", "-CRLfile", "ca.crl", "-crl_check", "bob_server.crt");

    private ParsedCertificate Certificate(string name) =>
        ParsedCertificate.TryRead(File.ReadAllBytes(At(name)), out ParsedCertificate? certificate) ? certificate : throw new InvalidDataException(name);
}
