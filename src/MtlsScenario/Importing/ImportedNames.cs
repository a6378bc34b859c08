using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MtlsScenario.Binding;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Importing;

/// <summary>
/// Reads from names of files who somebody is and what for. The words are those of the makers that are known: easy-rsa, cfssl, kubeadm,
/// cert-manager, Consul, CockroachDB, Elasticsearch, certbot.
/// </summary>
internal sealed partial class ImportedNames
{
    private static readonly ImmutableHashSet<string> _kinds =
        ["cert", "crt", "certificate", "certs", "pem", "key", "fullchain", "chain", "tls", "pub", "public", "keystore", "bundle"];

    private static readonly ImmutableHashSet<string> _servers = ["server", "node", "srv"];
    private static readonly ImmutableHashSet<string> _clients = ["client", "healthcheck"];
    private static readonly ImmutableHashSet<string> _generic = ["", "instance", "issued", "private", "pki", "certs", "ssl", "keys"];

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file's name without its folder, its ending and what says only that it is a key or a certificate.</summary>
    public static string Base(string path) => string.Join('-', Words(path).Where(word => !_kinds.Contains(word)));

    /// <summary>What the words of a file say that it is for; null where they say nothing, or both.</summary>
    public static Role? RoleOf(string path)
    {
        string[] words = Words(path);
        return (words.Any(_servers.Contains), words.Any(_clients.Contains), words.Contains("peer")) switch
        {
            (_, _, true) => Role.Peer,
            (true, false, _) => Role.Server,
            (false, true, _) => Role.Client,
            _ => null,
        };
    }

    /// <summary>Whether a file is called as one with trust anchors.</summary>
    public static bool IsOfAnchors(string path) => Anchors().IsMatch(Path.GetFileName(path));

    /// <summary>The name of an authority.</summary>
    /// <param name="path">Its file.</param>
    public string Authority(string path)
    {
        string name = Valid(Base(path));
        return Unique(name is "" or "ca" or "root" && FolderOf(path) is { Length: > 0 } folder && !_generic.Contains(folder) && _taken.Contains("ca") ? $"{folder}-{(name is "" ? "ca" : name)}" : name is "" ? "ca" : name);
    }

    /// <summary>The name of a party, without a number to make it the only one: its certificates of several roles have one.</summary>
    /// <param name="path">The file of its certificate.</param>
    /// <param name="certificate">The certificate.</param>
    public static string Party(string path, ParsedCertificate certificate)
    {
        // What it is for stands before or behind who it is; in the middle, as in dc1-server-consul-0, it tells parties apart.
        string[] words = [.. Words(path).Where(word => !_kinds.Contains(word))];
        int first = Array.FindIndex(words, word => !IsOfRole(word)), last = Array.FindLastIndex(words, word => !IsOfRole(word));
        string name = first < 0 ? "" : Valid(string.Join('-', words[first..(last + 1)]));
        foreach (string candidate in new[] { name, FolderOf(path), certificate.Subject.CommonNames.Select(common => common.Split('.', '@', ' ')[0]).FirstOrDefault() ?? "" })
        {
            if (Valid(candidate) is var valid && !_generic.Contains(valid.ToLowerInvariant()))
            {
                return valid;
            }
        }

        return name.Length > 0 ? name : "party";
    }

    private static bool IsOfRole(string word) => _servers.Contains(word) || word is "client" or "peer";

    /// <summary>The name, with a number behind it where another one has it.</summary>
    public string Unique(string name)
    {
        string unique = name;
        for (int number = 2; !_taken.Add(unique); number++)
        {
            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return unique;
    }

    /// <summary>As the format has names.</summary>
    public static string Valid(string name)
    {
        string valid = Unfit().Replace(name, "-").Trim('-', '_');
        valid = valid.Length > 50 ? valid[..50].TrimEnd('-', '_') : valid;
        return IdentifierReader.IsReserved(valid) ? valid + "-1" : valid;
    }

    private static string FolderOf(string path) => path.Split('/') is [.., var folder, _] ? folder : "";

    /// <summary>Host names are one word; elsewhere a dot parts words, as in <c>client.root.crt</c>.</summary>
    private static string[] Words(string path)
    {
        string name = Ending().Replace(Path.GetFileName(path), "");
        name = name.StartsWith("client.", StringComparison.OrdinalIgnoreCase) ? "client-" + name[7..] : name;
        return [.. Separator().Split(name).Where(word => word.Length > 0)
            .Select(word => word.ToLowerInvariant() is var lower && (_kinds.Contains(lower) || _servers.Contains(lower) || _clients.Contains(lower)) ? lower : word)];
    }

    /// <summary>Also what mkcert adds, which is how many names there are besides the first.</summary>
    [GeneratedRegex(@"\+\d+(?=[-.]|\z)|(\.(pem|crt|cer|key|csr|req|p12|pfx|der|jks|chain|fullchain))+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ending();

    [GeneratedRegex("[-_+ ]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex("[^A-Za-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unfit();

    [GeneratedRegex(@"^(ca|root|rootca|root[-_.]?ca|minica|ca[-_.]?cert(ificate)?|ca[-_.]?bundle|client[-_.]?ca.*|.*trust.*|ca[-_.]certificate)([.]\w+)*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Anchors();
}
