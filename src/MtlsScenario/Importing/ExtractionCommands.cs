using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.X509;

namespace MtlsScenario.Importing;

/// <summary>
/// How what lies in a form that no scenario can name (in a store, a manifest, a kubeconfig, DER) becomes files of PEM, by other
/// people's programs: nothing here ever writes a key.
/// </summary>
internal static class ExtractionCommands
{
    /// <summary>Whether a file is a Java key store of the old kind, which is no PKCS#12.</summary>
    public static bool IsJavaStore(ReadOnlySpan<byte> file) => file.StartsWith((byte[])[0xFE, 0xED, 0xFE, 0xED]) || file.StartsWith((byte[])[0xCE, 0xCE, 0xCE, 0xCE]);

    /// <summary>What to do with a Java key store.</summary>
    public static string OfJavaStore(string path) =>
        $"{path} is a Java key store, which only Java reads: keytool -importkeystore -srckeystore {Quoted(path)} -destkeystore {Quoted(Beside(path, ".p12"))} -deststoretype PKCS12";

    /// <summary>Whether a file is a kubeconfig with something in it.</summary>
    public static bool IsKubeconfig(ReadOnlySpan<byte> file) => file.IndexOf("kind: Config\n"u8) >= 0 && file.IndexOf("-certificate-data:"u8) >= 0;

    /// <summary>The clients' certificates in a kubeconfig. The keys beside them never become a string.</summary>
    public static ImmutableArray<ParsedCertificate> ClientsOf(ReadOnlySpan<byte> kubeconfig)
    {
        var found = ImmutableArray.CreateBuilder<ParsedCertificate>();
        ReadOnlySpan<byte> name = "client-certificate-data: "u8;
        for (int at = kubeconfig.IndexOf(name); at >= 0; at = kubeconfig.IndexOf(name))
        {
            kubeconfig = kubeconfig[(at + name.Length)..];
            ReadOnlySpan<byte> text = kubeconfig[..(kubeconfig.IndexOfAny("\r\n"u8) is >= 0 and var end ? end : kubeconfig.Length)];
            byte[] pem = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            if (Base64.DecodeFromUtf8(text, pem, out _, out int length) == OperationStatus.Done && ParsedCertificate.TryRead(pem.AsMemory(0, length), out ParsedCertificate? certificate))
            {
                found.Add(certificate);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>What to do with the clients in a kubeconfig.</summary>
    /// <param name="path">The kubeconfig.</param>
    /// <param name="count">How many they are.</param>
    public static string OfKubeconfig(string path, int count) => count > 1
        ? $"kubectl --kubeconfig {Quoted(path)} config view --raw --minify --context CONTEXT, for each, and then that"
        : Entries(path, "client-certificate-data", "client-key-data");

    /// <summary>What to do with a certificate, and with its key where that is there, in a file of that kind; null where nothing can be said.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isAuthority">Whether it is an authority's, which openssl tells from a store's own.</param>
    public static string? Of(FileEntry file, bool isAuthority) => file.Kind switch
    {
        ArtifactKind.Pkcs12 => $"openssl pkcs12 -in {Quoted(file.Path)} -nokeys {(isAuthority ? "" : "-clcerts ")}-out {Quoted(Beside(file.Path, ".crt"))}"
            + $" && openssl pkcs12 -in {Quoted(file.Path)} -nocerts -nodes -out {Quoted(Beside(file.Path, ".key"))}",
        ArtifactKind.TrustStore => $"openssl pkcs12 -in {Quoted(file.Path)} -nokeys -out {Quoted(Beside(file.Path, ".crt"))}",
        ArtifactKind.Secret => Entries(file.Path, "tls.crt", "tls.key"),
        ArtifactKind.Certificate => $"openssl x509 -inform DER -in {Quoted(file.Path)} -out {Quoted(Beside(file.Path, ".pem"))}",
        _ => null,
    };

    /// <summary>A line of base64 for each, as manifests have it. The key's file is nobody else's to read.</summary>
    private static string Entries(string path, string certificate, string key)
    {
        string Taken(string name, string ending) => $"sed -n 's/^ *{name}: //p' {Quoted(path)} | base64 -d >{Quoted(Beside(path, ending))}";
        return $"{Taken(certificate, ".crt")} && (umask 077; {Taken(key, ".key")})";
    }

    private static string Beside(string path, string ending) => path[..^Path.GetExtension(path).Length] + ending;

    private static string Quoted(string path) => ShellQuoting.Quote(path.StartsWith('-') ? "./" + path : path);
}
