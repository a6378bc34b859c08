using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Finds the files of formats that must be written. What is random in one that is there is taken from it, so that it can be
/// made again and compared byte for byte; only then it is asked what the difference is. Safe for use by several threads.
/// </summary>
/// <param name="reader">The folder.</param>
/// <param name="passwords">The passwords.</param>
internal sealed class FormatExaminer(FolderReader reader, StorePasswords passwords)
{
    private readonly FormatMaker _maker = new(passwords);

    /// <summary>Why a file must be written, or null.</summary>
    /// <param name="format">What it is.</param>
    /// <param name="number">Which replica, or null.</param>
    /// <param name="follows">Which of its sources this run writes; null for none.</param>
    public FormatFinding? Examine(WriteFormat format, int? number, string? follows)
    {
        string path = Replication.Fill(format.FormatFile, number);
        FileContent content = reader.Read(path);
        if (content.Bytes is not { } bytes)
        {
            // What cannot be read and is in the way is said elsewhere.
            return new FormatFinding("missing");
        }

        if (bytes.Length == 0)
        {
            return new FormatFinding("empty", KeyPlacement.Empty);
        }

        using FormatParts? parts = FormatParts.TryRead(format, number, file => reader.Read(file).Bytes);
        using var found = FormatFile.Read(format.Kind, bytes, format.HasPassword ? passwords.Of(format) : null);
        string? reason = follows is null ? Reason(format, format.Sources.At(number), parts, found) : $"follows {follows}";
        if (reason is null && format.HoldsKey && reader.Status(path) is { IsWide: true })
        {
            reason = "open to others than its owner";
        }

        return reason is null ? null : new FormatFinding(
            reason, SHA256.HashData(bytes), !format.HoldsKey || (parts is not null && found.PublicKey?.Span.SequenceEqual(parts.PublicKey.Span) == true));
    }

    private string? Reason(WriteFormat format, FormatSources sources, FormatParts? parts, FormatFile found)
    {
        if (found.Fault is { } fault)
        {
            return fault.Kind == StoreFaultKind.WrongPassword ? "another password, or damaged" : fault.Reason;
        }

        if (parts is null)
        {
            return NotTheSame(sources);
        }

        if (Draws(format, found) is not (var identity, var encryption))
        {
            return $"other encryption: {found.EncryptionText}";
        }

        byte[]? expected = _maker.Make(format, parts, identity, encryption);
        bool isSame = expected is not null && found.Content.Span.SequenceEqual(expected);
        CryptographicOperations.ZeroMemory(expected);
        return isSame ? null : Difference(format, sources, parts, found);
    }

    /// <summary>What is random in the file; null where it is encrypted in another way than is asked for.</summary>
    private static (IdentityDraws?, PasswordEncryption?)? Draws(WriteFormat format, FormatFile found) => format.Kind switch
    {
        ArtifactKind.Pkcs12 => IdentityDraws.Of(found.Store!, format.Encryption) is { } draws ? (draws, null) : null,
        ArtifactKind.EncryptedKey => PasswordEncryption.Draw(format.Encryption).WithDrawsOf(found.Encryption!) is { } taken ? (null, taken) : null,
        _ => (null, null),
    };

    private static string Difference(WriteFormat format, FormatSources sources, FormatParts parts, FormatFile found)
    {
        string? difference = format.Kind switch
        {
            ArtifactKind.Pkcs12 => OfIdentity(sources, parts, found),
            ArtifactKind.TrustStore => OfTrust(sources, parts, found.Store!),
            ArtifactKind.EncryptedKey when !IsSame(found.PublicKey, parts.PublicKey) => $"not the key of {sources.KeyFile}",
            ArtifactKind.EncryptedKey => null,
            _ => NotTheSame(sources),
        };
        return difference ?? "the same content, written otherwise";
    }

    private static string? OfIdentity(FormatSources sources, FormatParts parts, FormatFile found)
    {
        Pkcs12Content store = found.Store!;
        if (store.Keys is not [var key])
        {
            return $"{store.Keys.Length} keys in place of one";
        }

        if (!IsSame(found.PublicKey, parts.PublicKey))
        {
            return $"not the key of {sources.KeyFile}";
        }

        ImmutableArray<ReadOnlyMemory<byte>> stored = [.. store.Certificates.Select(certificate => certificate.Der)];
        if (stored.IsEmpty || !IsSame(stored[0], parts.Certificates[0]))
        {
            return $"not the certificate of {sources.CertificateFile}";
        }

        string?[] lacking = [.. parts.Certificates.Where(own => !stored.Any(other => IsSame(other, own))).Select(SubjectOf)];
        string?[] extra = [.. stored.Where(other => !parts.Certificates.Any(own => IsSame(own, other))).Select(SubjectOf)];
        if (lacking.Length > 0 || extra.Length > 0)
        {
            return string.Join("; ", [.. lacking.Select(name => $"lacks {name}"), .. extra.Select(name => $"holds {name} too")]);
        }

        return store.Certificates[0].Attributes.Alias != parts.Alias || key.Attributes.Alias != parts.Alias
            ? $"alias {key.Attributes.Alias ?? "none"} -> {parts.Alias}"
            : null;
    }

    private static string? OfTrust(FormatSources sources, FormatParts parts, Pkcs12Content store)
    {
        (string? Alias, ReadOnlyMemory<byte> Der)[] stored = [.. store.Certificates.Select(certificate => (certificate.Attributes.Alias, certificate.Der))];
        string[] lost = [.. parts.Anchors.Where(own => !stored.Any(other => IsSame(other.Der, own))).Select(own => $"lacks {SubjectOf(own)}")];
        string[] added = [.. stored.Where(other => !parts.Anchors.Any(own => IsSame(own, other.Der))).Select(other => $"trusts {SubjectOf(other.Der)} too")];
        return added.Length + lost.Length > 0 ? string.Join("; ", [.. lost, .. added])
            : !stored.Select(one => one.Alias).SequenceEqual(sources.Anchors, StringComparer.Ordinal)
                ? $"aliases {string.Join(", ", stored.Select(one => one.Alias ?? "none"))} -> {string.Join(", ", sources.Anchors)}"
                : null;
    }

    private static string NotTheSame(FormatSources sources) => $"not the same as {string.Join(" and ", sources.All)}";

    private static bool IsSame(ReadOnlyMemory<byte>? one, ReadOnlyMemory<byte> other) => one?.Span.SequenceEqual(other.Span) == true;

    private static string SubjectOf(ReadOnlyMemory<byte> der) =>
        ParsedCertificate.TryParse(der, out ParsedCertificate? certificate) ? certificate.Subject.ToString() : "what is no certificate";
}
