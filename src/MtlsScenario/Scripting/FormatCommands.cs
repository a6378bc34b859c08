using System.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The commands that write a key, what is presented or what is trusted in a further format, in both kinds of script.</summary>
/// <param name="text">Where they go.</param>
/// <param name="scope">The steps of the script.</param>
/// <param name="folder">What goes before the files that they work with: nothing or, in a plain script, a folder and a slash.</param>
internal sealed class FormatCommands(ScriptText text, ScriptScope scope, string folder)
{
    private readonly ScriptPasswords _passwords = new(scope);

    /// <summary>The functions that the commands use.</summary>
    public ShellFunctions Functions { get; private set; }

    /// <summary>Writes the commands of a step.</summary>
    public void Write(WriteFormat format, PlannedCertificate certificate)
    {
        FormatSources sources = format.Sources;
        string file = StepCommands.Word(format.FormatFile);
        string key = sources.KeyFile is { } keyFile ? StepCommands.Word(keyFile) : "";
        string password = format.HasPassword ? $"file:{folder}{_passwords.FileOf(format)}" : "";
        string chain = sources switch
        {
            { CertificateFile: null } => "",
            { ProvidedChain: { } provided } when !scope.Makes(provided) => Presented(sources.CertificateFile, provided),
            _ when !scope.Makes(sources.CertificateFile) => Bare(sources.CertificateFile, "certificate.pem"),
            _ => StepCommands.Word(sources.CertificateFile),
        };
        if (format.HoldsKey && folder.Length == 0)
        {
            Functions |= ShellFunctions.SameKeyThere;
            text.Line($"same_key_there {key} {file} {password}".TrimEnd());
        }

        switch (format.Kind)
        {
            case ArtifactKind.Pkcs12:
                string name = StepCommands.Word(format.Stem);
                Command("openssl pkcs12", [
                    "-export", $"-in {chain}", $"-inkey {key}", $"-name {name}", .. Encryption(format.Encryption),
                    $"-passout {password}", $"-out {file}"]);
                break;
            case ArtifactKind.EncryptedKey:
                Command("openssl pkcs8", ["-topk8", $"-in {key}", "-v2 aes-256-cbc", "-v2prf hmacWithSHA256", $"-passout {password}", $"-out {file}"]);
                break;
            case ArtifactKind.TrustStore:
                Functions |= ShellFunctions.TrustStore;
                text.Filled(["trust_store", password["file:".Length..], file, .. sources.Anchors.Zip(sources.AnchorFiles, (alias, anchor) => $"{alias} {StepCommands.Word(anchor)}")]);
                break;
            case ArtifactKind.CombinedPem:
                text.Line($"openssl pkcs8 -topk8 -nocrypt -in {key} -out {folder}pkcs8.key");
                text.Line($"cat {folder}pkcs8.key {chain} >{file}");
                break;
            case ArtifactKind.CertificateDer:
                text.Line($"openssl x509 -in {chain} -outform DER -out {file}");
                break;
            case ArtifactKind.KeyDer:
                text.Line($"openssl pkcs8 -topk8 -nocrypt -in {key} -outform DER -out {file}");
                break;
            case ArtifactKind.TraditionalKey:
                text.Line($"openssl pkey -in {key} -traditional -out {file}");
                break;
            case ArtifactKind.Pkcs7:
                text.Line($"openssl crl2pkcs7 -nocrl -certfile {chain} -out {file}");
                break;
            case ArtifactKind.Secret or ArtifactKind.TrustConfigMap:
                Functions |= ShellFunctions.Manifests;
                string[] anchors = [.. sources.AnchorFiles.Select(file => sources.Anchors.Length == 1 ? Bare(file, "anchor.pem") : StepCommands.Word(file))];
                string[] objects = format.Kind == ArtifactKind.Secret ? ["secret", ObjectName(format), chain, key] : ["config_map", ObjectName(format)];
                text.Line($"{string.Join(' ', [.. objects, .. anchors])} >{file}");
                break;
            default:
                throw new UnreachableException();
        }

        if (format.HoldsKey)
        {
            Functions |= certificate.KeyAccess.Group is null || folder.Length > 0 ? ShellFunctions.None : ShellFunctions.Give;
            text.Lines(StepOptions.Access(certificate.KeyAccess, folder.Length > 0 ? "chgrp" : "give", file));
        }
    }

    private static string ObjectName(WriteFormat format) => StepCommands.Word(FileNames.ObjectName(format.Stem));

    private static IEnumerable<string> Encryption(StoreEncryption encryption)
    {
        (string cipher, string digest) = encryption switch
        {
            StoreEncryption.Aes256 => ("AES-256-CBC", "sha256"),
            StoreEncryption.TripleDes => ("PBE-SHA1-3DES", "sha1"),
            _ => throw new UnreachableException(),
        };
        return [$"-keypbe {cipher}", $"-certpbe {cipher}", $"-macalg {digest}"];
    }

    /// <summary>Somebody else's chain may be there or not, and have a root in it.</summary>
    private string Presented(string certificate, string chain)
    {
        Functions |= ShellFunctions.Presented;
        text.Line($"presented {StepCommands.Word(certificate)} {StepCommands.Word(chain)}");
        return $"{folder}certificate.pem";
    }

    /// <summary>Somebody else's file may have more in it than the certificate.</summary>
    private string Bare(string file, string copy)
    {
        text.Line($"openssl x509 -in {StepCommands.Word(file)} -out {folder}{copy}");
        return folder + copy;
    }

    private void Command(string command, IEnumerable<string> options)
    {
        if (folder.Length > 0)
        {
            text.Filled([command, .. options]);
        }
        else
        {
            text.Command(command, options);
        }
    }
}
