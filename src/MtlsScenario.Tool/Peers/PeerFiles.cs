using System.Security.Cryptography;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Context;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>The artifacts of an end as files that a program can read.</summary>
internal sealed class PeerFiles : TemporaryFolder
{
    /// <summary>Writes the files.</summary>
    /// <exception cref="EnvironmentException">There is no place for them.</exception>
    public PeerFiles(EndArtifacts artifacts)
    {
        try
        {
            Leaf = Write("leaf.crt", Blocks(Pem.Certificate, artifacts.Chain.Take(1)));
            Intermediates = artifacts.Chain.Length > 1 ? Write("intermediates.crt", Blocks(Pem.Certificate, artifacts.Chain.Skip(1))) : null;
            Chain = Write("chain.crt", Blocks(Pem.Certificate, artifacts.Chain));
            Anchors = artifacts.Anchors.IsEmpty ? null : Write("trust.crt", Blocks(Pem.Certificate, artifacts.Anchors));
            byte[] crls = Blocks(Pem.Crl, artifacts.Crls ?? []);
            Crls = crls is [] ? null : Write("all.crl", crls);
            AnchorsAndCrls = Anchors is null ? null : Write("trust-and-crls.pem", [.. Blocks(Pem.Certificate, artifacts.Anchors), .. crls]);
            EmptyFolder = MakeFolder("empty");
            byte[] key = Pem.Encode(Pem.PrivateKey, artifacts.Key.Span);
            Key = Write("own.key", key);
            CryptographicOperations.ZeroMemory(key);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The certificate alone.</summary>
    public string Leaf { get; }

    /// <summary>What is presented beside it, or null.</summary>
    public string? Intermediates { get; }

    /// <summary>What is presented, leaf first.</summary>
    public string Chain { get; }

    /// <summary>The private key.</summary>
    public string Key { get; }

    /// <summary>The trust anchors; null where there are none.</summary>
    public string? Anchors { get; }

    /// <summary>The CRLs, one after the other; null where there are none.</summary>
    public string? Crls { get; }

    /// <summary>The trust anchors and then the CRLs, for programs that look for both in one place; null where there are no anchors.</summary>
    public string? AnchorsAndCrls { get; }

    /// <summary>A folder with nothing in it, for programs that look for trust anchors in one unless they are given another.</summary>
    public string EmptyFolder { get; }

    private static byte[] Blocks(string label, IEnumerable<ReadOnlyMemory<byte>> all) => [.. all.SelectMany(der => Pem.Encode(label, der.Span))];
}
