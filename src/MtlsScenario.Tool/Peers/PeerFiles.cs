using System.Security.Cryptography;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Context;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>
/// The artifacts of an end as files that a program can read. Each is written when it is asked for: few programs want them all,
/// and hundreds of handshakes have a folder each.
/// </summary>
/// <param name="artifacts">What the end has in hand, until the last file is asked for.</param>
internal sealed class PeerFiles(EndArtifacts artifacts) : TemporaryFolder(inMemory: true)
{
    /// <summary>The certificate alone.</summary>
    /// <exception cref="EnvironmentException">There is no place for it; so also below.</exception>
    public string Leaf => field ??= Write("leaf.crt", Blocks(Pem.Certificate, artifacts.Chain.Take(1)));

    /// <summary>What is presented beside it, or null.</summary>
    public string? Intermediates => artifacts.Chain.Length > 1 ? field ??= Write("intermediates.crt", Blocks(Pem.Certificate, artifacts.Chain.Skip(1))) : null;

    /// <summary>What is presented, leaf first.</summary>
    public string Chain => field ??= Write("chain.crt", Blocks(Pem.Certificate, artifacts.Chain));

    /// <summary>The private key.</summary>
    public string Key => field ??= WriteKey();

    /// <summary>The trust anchors; null where there are none.</summary>
    public string? Anchors => artifacts.Anchors.IsEmpty ? null : field ??= Write("trust.crt", Blocks(Pem.Certificate, artifacts.Anchors));

    /// <summary>The CRLs, one after the other; null where there are none.</summary>
    public string? Crls => artifacts.Crls is { IsEmpty: false } crls ? field ??= Write("all.crl", Blocks(Pem.Crl, crls)) : null;

    /// <summary>The trust anchors and then the CRLs, for programs that look for both in one place; null where there are no anchors.</summary>
    public string? AnchorsAndCrls => artifacts.Anchors.IsEmpty
        ? null
        : field ??= Write("trust-and-crls.pem", [.. Blocks(Pem.Certificate, artifacts.Anchors), .. Blocks(Pem.Crl, artifacts.Crls ?? [])]);

    /// <summary>A folder with nothing in it, for programs that look for trust anchors in one unless they are given another.</summary>
    public string EmptyFolder => field ??= MakeFolder("empty");

    private string WriteKey()
    {
        byte[] key = Pem.Encode(Pem.PrivateKey, artifacts.Key.Span);
        try
        {
            return Write("own.key", key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] Blocks(string label, IEnumerable<ReadOnlyMemory<byte>> all) => [.. all.SelectMany(der => Pem.Encode(label, der.Span))];
}
