using System.Collections.Concurrent;
using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// The CRLs that lie in a folder, in whatever file of that kind, also of a party that the scenario no longer has: they are the
/// memory of what was revoked. Safe for use by several threads.
/// </summary>
internal sealed class FolderCrls
{
    private readonly Plan _plan;
    private readonly Lazy<ImmutableArray<ParsedCrl>> _all;
    private readonly ConcurrentDictionary<string, Lazy<CrlHistory>> _memories = new(StringComparer.Ordinal);

    /// <summary>Nothing is read yet.</summary>
    public FolderCrls(Plan plan, FolderReader reader)
    {
        _plan = plan;
        _all = new(() => ReadAll(plan, reader));
    }

    /// <summary>What is remembered of an authority: by all lists that its key signed or, where its list is forged, the other's key in its name.</summary>
    /// <param name="authority">The authority, as it will be.</param>
    /// <param name="keys">The public halves of the keys of the authorities, by stem, as far as they are there and stay.</param>
    public CrlHistory Of(ExpectedIssuer authority, Func<string, ReadOnlyMemory<byte>?> keys) => _memories.GetOrAdd(
        authority.Stem,
        _ => new Lazy<CrlHistory>(() =>
        {
            string signer = SignerOf(authority.Stem) ?? authority.Stem;
            if (_all.Value.IsEmpty || keys(signer) is not { } key)
            {
                return CrlHistory.None;
            }

            bool isForged = signer != authority.Stem;
            HashSet<string> others = [.. ForgedBy(authority.Stem)];
            return new CrlHistory(_all.Value.Where(crl =>
                (isForged ? crl.Issuer.Der.Span.SequenceEqual(authority.Subject.Span) : !others.Contains(Convert.ToHexString(crl.Issuer.Der.Span)))
                && crl.IsSignedBy(key)));
        })).Value;

    private string? SignerOf(string stem) =>
        _plan.CrlSteps.FirstOrDefault(final => final.Stem == stem)?.Step is SignCrl sign ? sign.Signer.Name : null;

    /// <summary>The names in which that authority's key signs lists of others.</summary>
    private IEnumerable<string> ForgedBy(string stem) =>
        from step in _plan.CrlSteps.Select(final => final.Step).OfType<SignCrl>()
        where step.Signer.Name == stem && step.Issuer.Name != stem && _plan[step.Issuer.Name].Template is not null
        select Convert.ToHexString(NameEncoder.Encode(_plan[step.Issuer.Name].Template!.Subject));

    private static ImmutableArray<ParsedCrl> ReadAll(Plan plan, FolderReader reader)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. from path in Paths(plan, reader).Distinct(StringComparer.Ordinal)
               let bytes = reader.Read(path).Bytes
               where bytes is not null && seen.Add(Convert.ToHexString(Digests.Sha256(bytes)))
               from crl in ParsedCrl.ReadAll(bytes)
               where crl is not null && seen.Add(Convert.ToHexString(Digests.Sha256(crl.Der.Span)))
               select crl,
        ];
    }

    /// <summary>Those that the plan knows, and those that lie beside them. The folders of a fleet's replicas are not searched.</summary>
    private static IEnumerable<string> Paths(Plan plan, FolderReader reader)
    {
        foreach (Derivation file in plan.CrlSteps.SelectMany(final => final.Derivations))
        {
            yield return file.Output;
        }

        (string Template, Replication Replicas)[] fleets =
        [
            .. plan.Certificates.Where(planned => planned.Replicas is not null && planned.Folder.Length > 0)
                .Select(planned => (planned.Folder + "/", planned.Replicas!)).Distinct(),
        ];
        foreach (string folder in reader.Names().Where(name => name.EndsWith('/')).Order(StringComparer.Ordinal).Prepend(""))
        {
            if (fleets.Any(fleet => fleet.Replicas.NumberIn(fleet.Template, folder) is not null) || reader.IsLink(folder) || reader.FolderFault(folder) is not null)
            {
                continue;
            }

            foreach (string name in reader.Names(folder).Where(name => name.EndsWith(FileNames.Suffix(ArtifactKind.Crl), StringComparison.Ordinal)))
            {
                yield return folder + name;
            }
        }
    }
}
