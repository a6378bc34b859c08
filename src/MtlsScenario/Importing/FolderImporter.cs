using System.Collections.Immutable;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Importing;

/// <summary>
/// Makes of what lies in a folder the authorities and the parties of a scenario: issuers by signature, never by name alone; roles by
/// purpose, then words, then names; trust by files with nothing but authorities.
/// </summary>
internal sealed class FolderImporter
{
    private readonly FolderContents _contents;
    private readonly ImportedNames _names = new();
    private readonly List<ImportedCertificate> _authorities = [];
    private readonly List<ImportedCertificate> _parties = [];

    /// <summary>The files with nothing but authorities of which one is a root, or that are called as such.</summary>
    private KeyValuePair<string, ImmutableArray<ParsedCertificate>>[] _anchors = [];

    /// <summary>The files of each key, by its public part.</summary>
    private readonly ILookup<string, string> _keys;

    /// <summary>The PEM files of certificates by the first that they hold.</summary>
    private readonly ILookup<string, KeyValuePair<string, ImmutableArray<ParsedCertificate>>> _bundles;

    private FolderImporter(FolderContents contents)
    {
        _contents = contents;
        _keys = contents.Keys.ToLookup(key => Convert.ToHexString(key.Value.Span), key => key.Key, StringComparer.Ordinal);
        _bundles = contents.Bundles.ToLookup(bundle => Convert.ToHexString(bundle.Value[0].Der.Span), StringComparer.Ordinal);
    }

    /// <summary>The authorities and the parties' certificates, in the order in which a scenario has them.</summary>
    public static (IReadOnlyList<ImportedCertificate> Authorities, IReadOnlyList<ImportedCertificate> Parties) Import(FolderContents contents)
    {
        var importer = new FolderImporter(contents);
        importer.AddAuthorities();
        importer.AddParties();
        importer.NoteKubeconfigs();
        return (importer._authorities, importer._parties);
    }

    private IEnumerable<ParsedCertificate> All => _contents.Certificates.Select(found => found.Certificate);

    private void AddAuthorities()
    {
        ILookup<ParsedName, ParsedCertificate> issued = All.ToLookup(certificate => certificate.Issuer);
        ParsedCertificate[] authorities =
        [
            .. All.Where(certificate => certificate.IsAuthority || (certificate.Version == 1 && certificate.IsSelfSigned)
                || issued[certificate.Subject].Any(other => other != certificate && Issued(certificate, other))),
        ];
        var placed = new List<(ParsedCertificate Certificate, string Path)>();
        foreach (IGrouping<string, ParsedCertificate> same in authorities.GroupBy(KeyOf, StringComparer.Ordinal))
        {
            // One authority may have several certificates: its own as a root counts before those by which others vouch for it, and the newest of these.
            (ParsedCertificate Certificate, string? Path)[] ones = [.. same.OrderByDescending(one => one.IsSelfSigned).ThenByDescending(one => one.NotAfter).Select(one => (one, PathOf(one)))];
            if (Array.Find(ones, one => one.Path is not null) is not { Path: { } path } newest)
            {
                _contents.Notes.Add(Left(same.First(), "this authority is in no PEM file of its own, so what it signed is taken as provided"));
                continue;
            }

            placed.Add((newest.Certificate, path));
            _contents.Notes.AddRange(ones.Where(one => one.Path is not null && one.Path != path).Select(one => $"{one.Path}: another certificate of the authority in {path}: left out"));
        }

        // Where two would have one name, the one further up in the folder gets it; who is issued stands below who issues.
        foreach ((ParsedCertificate certificate, string path) in placed.OrderBy(one => one.Path.Count(character => character == '/')).ThenBy(one => one.Path, StringComparer.Ordinal).ToArray())
        {
            _authorities.Add(Entry(certificate, path) with { Name = _names.Authority(NamedBy(path)) });
        }

        for (int index = 0; index < _authorities.Count; index++)
        {
            ImportedCertificate authority = _authorities[index];
            bool isRoot = authority.Certificate.IsSelfSigned;

            // Two that vouch for each other are no chain.
            string? issuer = isRoot || NameOfIssuer(authority.Certificate) is not { } name || ImportedCertificate.Above(name, _authorities).Contains(authority.Name) ? null : name;
            _authorities[index] = authority with { Issuer = issuer, IsExternal = authority.IsExternal || (!isRoot && issuer is null) };
        }
    }

    private void AddParties()
    {
        var taken = new HashSet<(string Name, Role Role)>();
        var uniques = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        HashSet<string> authorities = [.. _authorities.Select(authority => KeyOf(authority.Certificate))];
        (ParsedCertificate Certificate, string? Path)[] leaves =
        [
            .. All.Where(certificate => !certificate.IsAuthority && !authorities.Contains(KeyOf(certificate)))
                .Select(certificate => (certificate, PathOf(certificate))).OrderBy(leaf => leaf.Item2, StringComparer.Ordinal),
        ];

        _anchors = [.. _contents.Bundles.Where(bundle => bundle.Value.All(one => Find(one) is not null) && bundle.Value.Any(one => one.IsSelfSigned || ImportedNames.IsOfAnchors(NamedBy(bundle.Key))))];

        // Where nobody would be a caller they call each other, with what does not say what it is for.
        bool isCluster = leaves.Length > 1 && leaves.All(leaf => leaf.Path is { } path && RoleOf(NamedBy(path), leaf.Certificate) == Role.Server);
        foreach ((ParsedCertificate certificate, string? path) in leaves)
        {
            if (path is null)
            {
                _contents.Notes.Add(Left(certificate, "it is in no PEM file of its own: left out"));
                continue;
            }

            ImportedCertificate entry = Entry(certificate, path);
            if (entry.Places.Key is null)
            {
                _contents.Notes.Add($"{path}: there is no key for it that can be used: left out");
                continue;
            }

            string name = NamedBy(path);
            Role role = isCluster && !ImportedText.Purposes(certificate).Contains("serverAuth") ? Role.Peer : RoleOf(name, certificate);
            string party = ImportedNames.Party(name, certificate);
            for (int number = 2; !taken.Add((party.ToLowerInvariant(), role)); number++)
            {
                party = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ImportedNames.Party(name, certificate)}-{number}");
            }

            if (!uniques.TryGetValue(party, out string? unique))
            {
                uniques.Add(party, unique = _names.Unique(party));
            }

            string? issuer = NameOfIssuer(certificate);
            bool isExternal = entry.IsExternal || issuer is null;
            entry = entry with { Name = unique, Role = role, Issuer = issuer, IsExternal = isExternal };
            _parties.Add(WithTrust(WithChain(entry, path), path));
        }
    }

    /// <summary>The certificate with its files, named later.</summary>
    private ImportedCertificate Entry(ParsedCertificate certificate, string path)
    {
        string? key = KeysOf(certificate).OrderBy(key => Distance(key, path)).ThenBy(key => key, StringComparer.Ordinal).FirstOrDefault();
        string? closed = key is not null ? null : _contents.ClosedKeys
            .Where(one => one.PublicKey.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span) && !Path.GetExtension(one.Path).StartsWith(".p", StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Path).Order(StringComparer.Ordinal).FirstOrDefault();
        bool isKnown = certificate.KeyDescription.Algorithm is not null;
        string? why = closed is not null ? $"the key in {closed} is encrypted"
            : key == path ? "its key is in the same file"
            : !isKnown ? $"its key is {certificate.KeyDescription.Text}, which is not made here"
            : null;
        if (why is not null)
        {
            _contents.Notes.Add($"{path}: {why}, so it is taken as provided{(closed is null ? "" : ", and connections with it are not tried; without its passphrase it is renewed here too")}");
        }

        return new ImportedCertificate(certificate, new CertificatePlaces { Certificate = path, Key = key ?? closed })
        {
            Name = "",
            IsExternal = key is null || key == path || !isKnown,
        };
    }

    private ImportedCertificate WithChain(ImportedCertificate entry, string path)
    {
        string? chain = entry.Issuer is { } issuer && Authority(issuer).Certificate.IsSelfSigned ? null : BundlesOf(entry.Certificate)
            .Where(bundle => bundle.Value.Length > 1)
            .Select(bundle => bundle.Key).OrderBy(file => file == path).ThenBy(file => Distance(file, path)).FirstOrDefault();
        return chain is null ? entry : entry with { Places = entry.Places with { Chain = chain } };
    }

    /// <summary>What stands beside the certificate and holds nothing but authorities; or the only such file that there is.</summary>
    private ImportedCertificate WithTrust(ImportedCertificate entry, string path)
    {
        KeyValuePair<string, ImmutableArray<ParsedCertificate>>[] beside = [.. _anchors.Where(bundle => FolderOf(bundle.Key) == FolderOf(path))];
        KeyValuePair<string, ImmutableArray<ParsedCertificate>>[] named = [.. beside.Where(bundle => ImportedNames.IsOfAnchors(NamedBy(bundle.Key)))];
        string[] own = [.. named.Select(bundle => bundle.Key).Where(key => key.Contains("trust", StringComparison.OrdinalIgnoreCase))];
        string? file = own is [var only] ? only : named is [var one] ? one.Key : beside is [var alone] ? alone.Key : _anchors is [var everybodys] ? everybodys.Key : null;
        if (file is null)
        {
            return entry;
        }

        ImportedCertificate[] trusted = [.. _contents.Bundles[file].Select(one => Find(one)!)];
        if (file != own.FirstOrDefault() && beside.Length > 1 && entry.Issuer is { } issuer && !Array.Exists(trusted, one => one.Name == ImportedCertificate.Above(issuer, _authorities).Last()))
        {
            // In a folder of several authorities that is the one of others.
            return entry;
        }

        bool isOwn = trusted is [var single] && single.Places.Certificate == file;
        return entry with
        {
            Trusts = [.. trusted.Select(authority => authority.Name)],
            Places = isOwn ? entry.Places : entry.Places with { Trust = file },
        };
    }

    /// <summary>The authority whose very certificate that is.</summary>
    private ImportedCertificate? Find(ParsedCertificate certificate) =>
        _authorities.Find(authority => authority.Certificate.Der.Span.SequenceEqual(certificate.Der.Span));

    private string? NameOfIssuer(ParsedCertificate certificate) =>
        _authorities.Find(authority => authority.Certificate != certificate && Issued(authority.Certificate, certificate))?.Name;

    private ImportedCertificate Authority(string name) => _authorities.Find(authority => authority.Name == name)!;

    private static bool Issued(ParsedCertificate issuer, ParsedCertificate certificate) => issuer.Subject.Equals(certificate.Issuer)
        && !(AuthorityKeyIdentifier.Of(certificate)?.KeyIdentifier is { } named && issuer.SubjectKeyIdentifier is { } its && !named.Span.SequenceEqual(its.Span))
        && certificate.IsSignedBy(issuer.SubjectPublicKeyInfo);

    private static Role RoleOf(string path, ParsedCertificate certificate)
    {
        Role? said = ImportedNames.RoleOf(path);
        string[] purposes = ImportedText.Purposes(certificate);
        (bool server, bool client) = (purposes.Contains("serverAuth"), purposes.Contains("clientAuth"));
        return (server, client) switch
        {
            (true, true) => said ?? Role.Peer,
            (true, false) => Role.Server,
            (false, true) => Role.Client,
            _ => said ?? (ImportedText.Hosts(certificate).Any() ? Role.Server : Role.Client),
        };
    }

    /// <summary>The PEM file in which it is alone or first, and best one of several: near its key, and no copy by its serial number.</summary>
    private string? PathOf(ParsedCertificate certificate)
    {
        string[] keys = [.. KeysOf(certificate)];
        return BundlesOf(certificate)
            .OrderBy(bundle => bundle.Value.Length > 1)
            .ThenBy(bundle => bundle.Key.Contains("by_serial", StringComparison.Ordinal) || keys.Contains(bundle.Key))
            .ThenBy(bundle => keys.Length == 0 ? bundle.Key.Count(character => character == '/') : keys.Min(key => Distance(key, bundle.Key)))
            .ThenBy(bundle => bundle.Key.Length).ThenBy(bundle => bundle.Key, StringComparer.Ordinal)
            .Select(bundle => bundle.Key).FirstOrDefault();
    }

    private IEnumerable<string> KeysOf(ParsedCertificate certificate) => _keys[Convert.ToHexString(certificate.SubjectPublicKeyInfo.Span)];

    /// <summary>The PEM files in which it is alone or first.</summary>
    private IEnumerable<KeyValuePair<string, ImmutableArray<ParsedCertificate>>> BundlesOf(ParsedCertificate certificate) => _bundles[Convert.ToHexString(certificate.Der.Span)];

    /// <summary>What is said of a certificate that no scenario can name where it is, and how it can.</summary>
    private string Left(ParsedCertificate certificate, string why)
    {
        FileEntry file = _contents.Certificates.First(found => found.Certificate == certificate).Files[0];
        string? how = _contents.Bundles.ContainsKey(file.Path) ? null : ExtractionCommands.Of(file, certificate.IsAuthority);
        return $"{file.Path}, {certificate.Subject}: {why}{(how is null ? "" : $"; take it out, and import again: {how}")}";
    }

    private void NoteKubeconfigs()
    {
        foreach ((string path, ImmutableArray<ParsedCertificate> clients) in _contents.Kubeconfigs)
        {
            ParsedCertificate[] others = [.. clients.Where(client => !_parties.Exists(party => party.Certificate.Der.Span.SequenceEqual(client.Der.Span)))];
            _contents.Notes.Add(others.Length == 0
                ? $"{path} is a kubeconfig: it is left as it is, also when what is in it is renewed elsewhere"
                : $"{path} is a kubeconfig with {string.Join(", ", others.Select(client => client.Subject))}, which no scenario can name in there; take it out, and import again: {ExtractionCommands.OfKubeconfig(path, others.Length)}");
        }
    }

    /// <summary>By which name a file is known: that of a link to it, or its own.</summary>
    private string NamedBy(string path) => _contents.Links.GetValueOrDefault(path, path);

    private static int Distance(string one, string other) =>
        (FolderOf(one) == FolderOf(other) ? 0 : 2) + (ImportedNames.Base(one) == ImportedNames.Base(other) ? 0 : 1);

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string KeyOf(ParsedCertificate certificate) =>
        $"{Convert.ToHexString(certificate.Subject.Der.Span)} {Convert.ToHexString(certificate.SubjectPublicKeyInfo.Span)}";
}
