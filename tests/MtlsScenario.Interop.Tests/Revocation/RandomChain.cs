using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Tests.Handshakes;

namespace MtlsScenario.Interop.Tests.Revocation;

/// <summary>A good chain of random length, and for each authority of it a list, several or none, most of them good.</summary>
internal sealed class RandomChain : IDisposable
{
    private const string Point = "http://crl.example/ca.crl";

    private readonly CertificateMaker _make = new();
    private readonly Random _random;

    private RandomChain(Random random) => _random = random;

    /// <summary>The certificates, leaf first, the root last.</summary>
    public ImmutableArray<X509Certificate2> Path { get; private set; }

    /// <summary>The lists in DER.</summary>
    public ImmutableArray<byte[]> Crls { get; private set; }

    /// <summary>What was done to each authority's lists, for whoever reads of a difference.</summary>
    public string What { get; private set; } = "";

    /// <summary>Makes one.</summary>
    public static RandomChain Make(Random random)
    {
        var chain = new RandomChain(random);
        List<X509Certificate2> path = [chain._make.Root("root", chain.Odd())];
        for (int depth = random.Next(3); depth > 0; depth--)
        {
            // Each of another name: of two of one name on a path openssl takes the list of the upper one for the lower one's too.
            path.Insert(0, chain._make.Intermediate(path[0], $"ica{depth}", chain.Odd()));
        }

        path.Insert(0, chain._make.Leaf(path[0], [.. chain.Odd(), CertificateMaker.Purpose(CertificateMaker.ClientAuth)]));
        chain.Path = [.. path];
        chain.Crls = [.. Enumerable.Range(1, path.Count - 1).SelectMany(chain.ListsOf).OrderBy(_ => random.Next())];
        return chain;
    }

    public void Dispose() => _make.Dispose();

    /// <summary>Now and then a place of lists, a usage that allows no list, or both.</summary>
    private IEnumerable<X509Extension> Odd()
    {
        if (_random.Next(4) == 0)
        {
            yield return CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([Point]);
        }

        if (_random.Next(25) == 0)
        {
            yield return new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true);
        }
    }

    private IEnumerable<byte[]> ListsOf(int index)
    {
        X509Certificate2 issuer = Path[index];
        var good = new CrlMaker { Issuer = issuer };
        X509Certificate2 stranger = _make.Root(issuer.Subject["CN=".Length..]);
        List<X509Certificate2> below = [Path[index - 1]];
        (string What, CrlMaker[] Lists)[] all =
        [
            ("missing", []),
            ("expired", [good with { NextUpdate = DateTimeOffset.UtcNow.AddMinutes(-30) }]),
            ("not yet valid", [good with { ThisUpdate = DateTimeOffset.UtcNow.AddHours(1) }]),
            ("forged", [good with { Signer = stranger }]),
            ("of another CA of that name", [new CrlMaker { Issuer = stranger }]),
            ("of another CA of that name, without a key's identifier", [new CrlMaker { Issuer = stranger, HasKeyIdentifier = false }]),
            ("of another CA", [new CrlMaker { Issuer = _make.Root("other") }]),
            ("its own and another's", [good, new CrlMaker { Issuer = stranger, Revoked = below }]),
            ("its own and a newer forged one", [good, good with { Signer = stranger, ThisUpdate = DateTimeOffset.UtcNow.AddMinutes(-1) }]),
            ("its own and an older forged one", [good, good with { Signer = stranger, ThisUpdate = DateTimeOffset.UtcNow.AddDays(-1) }]),
            ("expired and good", [good with { NextUpdate = DateTimeOffset.UtcNow.AddMinutes(-30), Revoked = below }, good]),
            ("revoked", [good with { Revoked = below }]),
            ("revoked for a reason", [good with { Revoked = below, Reason = 1 }]),
            ("another revoked", [good with { Revoked = [stranger] }]),
            ("revoked on the older", [good with { Revoked = below, ThisUpdate = DateTimeOffset.UtcNow.AddDays(-1) }, good]),
            ("revoked on the newer", [good, good with { Revoked = below, ThisUpdate = DateTimeOffset.UtcNow.AddMinutes(-1) }]),
            ("taken off", [good with { Revoked = below, Reason = 8 }]),
            ("the root revokes itself", [good with { Revoked = [Path[^1]] }]),
            ("unknown critical extension", [good with { Critical = [("1.2.3.4", [5, 0])] }]),
            ("unknown critical extension, and a good one", [good with { Critical = [("1.2.3.4", [5, 0])], ThisUpdate = DateTimeOffset.UtcNow.AddMinutes(-1) }, good]),
            ("unknown critical extension of an entry", [good with { Revoked = [stranger], EntryExtension = "1.2.3.4" }]),
            ("revoked with an unknown critical extension", [good with { Revoked = below, EntryExtension = "1.2.3.4" }]),
            ("users only", [Scoped(good, 0x81, 1, 0xFF)]),
            ("authorities only", [Scoped(good, 0x82, 1, 0xFF)]),
            ("attributes only", [Scoped(good, 0x85, 1, 0xFF)]),
            ("some reasons only", [Scoped(good, 0x83, 2, 1, 0x40)]),
            ("indirect", [Scoped(good, 0x84, 1, 0xFF)]),
            ("of a place", [Scoped(good, PlaceOf(Point))]),
            ("of another place", [Scoped(good, PlaceOf("http://crl.example/other"))]),
            ("version 1", [good with { IsVersion1 = true }]),
            ("no end", [good with { NextUpdate = null }]),
        ];
        (string what, CrlMaker[] lists) = _random.Next(100) < 55 ? ("good", [good]) : all[_random.Next(all.Length)];
        What += $"{index}: {what}. ";
        return lists.Select(list => list.Encode());
    }

    private static CrlMaker Scoped(CrlMaker list, params byte[] scope) => list with { Critical = [("2.5.29.28", [0x30, (byte)scope.Length, .. scope])] };

    private static byte[] PlaceOf(string url) => [0xA0, (byte)(url.Length + 4), 0xA0, (byte)(url.Length + 2), 0x86, (byte)url.Length, .. Encoding.ASCII.GetBytes(url)];
}
