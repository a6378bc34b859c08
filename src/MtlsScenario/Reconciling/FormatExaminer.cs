using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Finds the files of formats that must be written. What is random in one that is there is taken from it, so that it can be
/// made again and compared byte for byte; only then it is asked what the difference is. Safe for use by several threads.
/// </summary>
/// <param name="reader">The folder.</param>
/// <param name="passwords">The passwords.</param>
/// <param name="seed">From which what would be random comes; null to draw it.</param>
internal sealed class FormatExaminer(FolderReader reader, StorePasswords passwords, KeySeed? seed)
{
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
            return new FormatFinding(Reason.Missing);
        }

        if (bytes.Length == 0)
        {
            return new FormatFinding(new Reason("empty", "empty"), KeyPlacement.Empty);
        }

        using FormatParts? parts = FormatParts.TryRead(format, number, file => reader.Read(file).Bytes);
        using var found = FormatFile.Read(format.Kind, bytes, format.HasPassword ? passwords.Of(format) : null);
        Reason? reason = follows is null ? Compare(format, format.Sources.At(number), parts, found) : new Reason("follows", $"follows {follows}");
        if (reason is null && format.HoldsKey && reader.Status(path) is { IsWide: true })
        {
            reason = new Reason("open", "open to others than its owner");
        }

        return reason is null ? null : new FormatFinding(
            reason, Digests.Sha256(bytes), !format.HoldsKey || (parts is not null && found.PublicKey?.Span.SequenceEqual(parts.PublicKey.Span) == true));
    }

    private Reason? Compare(WriteFormat format, FormatSources sources, FormatParts? parts, FormatFile found)
    {
        if (found.Fault is { } fault)
        {
            return fault.Kind == StoreFaultKind.WrongPassword ? new Reason("password", "another password, or damaged") : new Reason("damaged", fault.Reason);
        }

        if (parts is null)
        {
            return NotTheSame(sources);
        }

        if (ProtectionOf(format, found) is not { } protection)
        {
            return Reason.Of("other encryption", found.EncryptionText);
        }

        byte[]? expected = FormatMaker.Make(format.Kind, parts, protection);
        bool isSame = expected is not null && found.Content.Span.SequenceEqual(expected);
        CryptographicOperations.ZeroMemory(expected);
        return isSame ? null : Difference(format, sources, parts, found);
    }

    /// <summary>How it is protected, with what is random in the file; null where it is encrypted in another way than is asked for.</summary>
    private FormatProtection? ProtectionOf(WriteFormat format, FormatFile found)
    {
        var protection = new FormatProtection(passwords.Of(format), format.Encryption) { Seed = seed };
        return seed is not null ? protection : format.Kind switch
        {
            ArtifactKind.Pkcs12 => IdentityDraws.Of(found.Store!, format.Encryption) is { } draws ? protection with { Identity = draws } : null,
            ArtifactKind.EncryptedKey => PasswordEncryption.Draw(format.Encryption).WithDrawsOf(found.Encryption!) is { } taken
                ? protection with { Key = taken }
                : null,
            _ => protection,
        };
    }

    private static Reason Difference(WriteFormat format, FormatSources sources, FormatParts parts, FormatFile found)
    {
        Reason? difference = format.Kind switch
        {
            ArtifactKind.Pkcs12 => OfIdentity(sources, parts, found),
            ArtifactKind.TrustStore => OfTrust(sources, parts, found.Store!),
            ArtifactKind.EncryptedKey when !IsSame(found.PublicKey, parts.PublicKey) => NotTheKey(sources),
            ArtifactKind.EncryptedKey => null,
            _ => NotTheSame(sources),
        };
        return difference ?? new Reason("written otherwise", "the same content, written otherwise");
    }

    private static Reason? OfIdentity(FormatSources sources, FormatParts parts, FormatFile found)
    {
        Pkcs12Content store = found.Store!;
        if (store.Keys is not [var key])
        {
            return new Reason("keys", $"{store.Keys.Length} keys in place of one");
        }

        if (!IsSame(found.PublicKey, parts.PublicKey))
        {
            return NotTheKey(sources);
        }

        ImmutableArray<ReadOnlyMemory<byte>> stored = [.. store.Certificates.Select(certificate => certificate.Der)];
        if (stored.IsEmpty || !IsSame(stored[0], parts.Certificates[0]))
        {
            return new Reason("certificate", $"not the certificate of {sources.CertificateFile}");
        }

        string?[] lacking = [.. parts.Certificates.Where(own => !stored.Any(other => IsSame(other, own))).Select(SubjectOf)];
        string?[] extra = [.. stored.Where(other => !parts.Certificates.Any(own => IsSame(own, other))).Select(SubjectOf)];
        if (lacking.Length > 0 || extra.Length > 0)
        {
            return new Reason("certificates", string.Join("; ", [.. lacking.Select(name => $"lacks {name}"), .. extra.Select(name => $"holds {name} too")]));
        }

        return store.Certificates[0].Attributes.Alias != parts.Alias || key.Attributes.Alias != parts.Alias
            ? new Reason("alias", $"alias {key.Attributes.Alias ?? "none"} -> {parts.Alias}")
            : null;
    }

    private static Reason? OfTrust(FormatSources sources, FormatParts parts, Pkcs12Content store)
    {
        (string? Alias, ReadOnlyMemory<byte> Der)[] stored = [.. store.Certificates.Select(certificate => (certificate.Attributes.Alias, certificate.Der))];
        string[] lost = [.. parts.Anchors.Where(own => !stored.Any(other => IsSame(other.Der, own))).Select(own => $"lacks {SubjectOf(own)}")];
        string[] added = [.. stored.Where(other => !parts.Anchors.Any(own => IsSame(own, other.Der))).Select(other => $"trusts {SubjectOf(other.Der)} too")];
        return added.Length + lost.Length > 0 ? new Reason("certificates", string.Join("; ", [.. lost, .. added]))
            : !stored.Select(one => one.Alias).SequenceEqual(sources.Anchors, StringComparer.Ordinal)
                ? new Reason("alias", $"aliases {string.Join(", ", stored.Select(one => one.Alias ?? "none"))} -> {string.Join(", ", sources.Anchors)}")
                : null;
    }

    private static Reason NotTheSame(FormatSources sources) => new("differs", $"not the same as {string.Join(" and ", sources.All)}");

    private static Reason NotTheKey(FormatSources sources) => new("key", $"not the key of {sources.KeyFile}");

    private static bool IsSame(ReadOnlyMemory<byte>? one, ReadOnlyMemory<byte> other) => one?.Span.SequenceEqual(other.Span) == true;

    private static string SubjectOf(ReadOnlyMemory<byte> der) =>
        ParsedCertificate.TryParse(der, out ParsedCertificate? certificate) ? certificate.Subject.ToString() : "what is no certificate";
}
