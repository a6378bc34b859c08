using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Configs;
using MtlsScenario.Tests.Handshakes;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>What lies in the file of the lists against which the chain leaf, <c>ica</c>, <c>root</c> is checked.</summary>
/// <param name="Name">What is right or wrong with it.</param>
/// <param name="Lists">The lists, of the leaf.</param>
internal sealed record CrlCase(string Name, Func<CrlCase.Chain, IEnumerable<CrlMaker>> Lists)
{
    /// <summary>The good lists, with which whoever is verified gets in. Others are revoked.</summary>
    public static CrlCase Good { get; } = new("good", chain => [chain.Lower with { Revoked = [chain.Stranger] }, chain.Upper]);

    /// <summary>Those with which nobody gets in.</summary>
    private static CrlCase[] Wrong { get; } =
    [
        new("the leaf is revoked", chain => [chain.Lower with { Revoked = [chain.Stranger, chain.Leaf], Reason = 1 }, chain.Upper]),
        new("the intermediate is revoked", chain => [chain.Lower, chain.Upper with { Revoked = [chain.Intermediate] }]),
        new("the lower list is missing", chain => [chain.Upper]),
        new("the upper list is missing", chain => [chain.Lower]),
        new("the lower list is expired", chain => [chain.Lower with { NextUpdate = DateTimeOffset.UtcNow.AddHours(-1) }, chain.Upper]),
        new("the upper list is expired", chain => [chain.Lower, chain.Upper with { NextUpdate = DateTimeOffset.UtcNow.AddHours(-1) }]),
        new("not valid yet", chain => [chain.Lower with { ThisUpdate = DateTimeOffset.UtcNow.AddHours(1) }, chain.Upper]),
        new("forged", chain => [chain.Lower with { Signer = chain.Stranger }, chain.Upper]),
        new("forged, and the real one expired", chain => [chain.Lower with { NextUpdate = DateTimeOffset.UtcNow.AddHours(-1) }, chain.Lower with { Signer = chain.Stranger }, chain.Upper]),
        new("the upper one forged", chain => [chain.Lower, chain.Upper with { Signer = chain.Stranger }]),
        new("of another authority of that name", chain => [new CrlMaker { Issuer = chain.Stranger }, chain.Upper]),
        new("of another authority of that name, without a key's identifier", chain => [new CrlMaker { Issuer = chain.Stranger, HasKeyIdentifier = false }, chain.Upper]),
        new("of another name", chain => [chain.Upper with { Signer = chain.Intermediate }, chain.Upper]),
        new("with a critical extension that nobody knows", chain => [chain.Lower with { Critical = [("1.2.3.4", [5, 0])] }, chain.Upper]),
        new("with an entry that nobody understands", chain => [chain.Lower with { Revoked = [chain.Stranger], EntryExtension = "1.2.3.4" }, chain.Upper]),
        new("of some reasons only", chain => [chain.Lower with { Critical = [("2.5.29.28", [0x30, 4, 0x83, 2, 1, 0x40])] }, chain.Upper]),
    ];

    /// <summary>
    /// Those that are tried with a program. Java takes long to start, and of a list it reads the entry of the certificate alone
    /// (RFC 5280 section 5.3 wants it not to use a list of which it does not understand another one).
    /// </summary>
    public static IEnumerable<CrlCase> For(string program) => Wrong.Prepend(Good).Append(Good).Where(one => program != nameof(ConfigProgram.Java)
        || one.Name is "good" or "the leaf is revoked" or "the intermediate is revoked" or "the lower list is missing" or "the lower list is expired" or "forged"
            or "of another authority of that name" or "with a critical extension that nobody knows");

    /// <summary>Writes the file.</summary>
    /// <param name="made">Where the certificates are.</param>
    /// <param name="stem">The leaf's.</param>
    /// <param name="file">The file's name.</param>
    public void Write(ConfiguredScenario made, string stem, string file)
    {
        using X509Certificate2 leaf = made.Load(stem), intermediate = made.Load("ica"), root = made.Load("root");
        using var make = new CertificateMaker();
        var chain = new Chain(leaf, intermediate, make.Root("ica"), new CrlMaker { Issuer = intermediate }, new CrlMaker { Issuer = root });
        File.WriteAllText(made.At(file), string.Concat(Lists(chain).Select(list => new string(PemEncoding.Write("X509 CRL", list.Encode())) + "\n")));
    }

    /// <summary>What a case is made of.</summary>
    /// <param name="Leaf">The certificate that is judged.</param>
    /// <param name="Intermediate">Its issuer.</param>
    /// <param name="Stranger">Another authority of its issuer's name.</param>
    /// <param name="Lower">A good list of its issuer.</param>
    /// <param name="Upper">A good list of the root.</param>
    internal sealed record Chain(X509Certificate2 Leaf, X509Certificate2 Intermediate, X509Certificate2 Stranger, CrlMaker Lower, CrlMaker Upper);
}
