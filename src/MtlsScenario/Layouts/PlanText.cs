using System.Globalization;
using System.Numerics;
using MtlsScenario.Graphs;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;

namespace MtlsScenario.Layouts;

/// <summary>The words of layouts for what is not an extension.</summary>
internal static class PlanText
{
    /// <summary>The issuer of a certificate that is signed by its own key.</summary>
    public const string Itself = "itself";

    /// <summary>A key identifier that is the SHA-1 of the certificate's own key.</summary>
    public const string OwnKeyHash = "hash of its key";

    /// <summary>A serial number that is drawn at random.</summary>
    public static readonly string RandomSerial = string.Create(CultureInfo.InvariantCulture, $"random, {SerialNumber.MostBits} bits");

    /// <summary>Numbers up to here are said in decimal; what is longer is no number that somebody counts with.</summary>
    private static readonly BigInteger LargestDecimal = long.MaxValue;

    /// <summary>What a planned certificate is.</summary>
    public static string Part(PlannedCertificate planned)
    {
        string part = planned switch
        {
            { Role: { } role, IsExternal: true } => $"{FileNames.RoleName(role)} of {planned.Holder.Name}, provided",
            { Role: { } role } => $"{FileNames.RoleName(role)} of {planned.Holder.Name}",
            { IsExternal: true } => "external authority",
            _ => "authority",
        };
        part = planned is { IsAuthority: true, Holder.IsAuthority: false } ? $"{part}, operated by {planned.Holder.Name}" : part;
        return planned.Replicas is { Count: var count }
            ? string.Create(CultureInfo.InvariantCulture, $"{part}, {count} {(count == 1 ? "replica" : "replicas")}")
            : part;
    }

    /// <summary>A name and the stem of whose it is, as far as they are known.</summary>
    public static string Issuer(string? name, string? stem) => (name, stem) switch
    {
        (null, _) => stem!,
        (_, null) => name,
        _ => $"{name} ({stem})",
    };

    /// <summary>A key identifier that is an authority's.</summary>
    public static string KeyOf(string stem) => $"that of {stem}";

    /// <summary>A serial number; a long one in hex, in whole octets as openssl prints it.</summary>
    public static string Serial(BigInteger serial)
    {
        if (serial.Sign < 0)
        {
            return $"-{Serial(-serial)}";
        }

        return serial <= LargestDecimal
            ? serial.ToString(CultureInfo.InvariantCulture)
            : "0x" + Convert.ToHexString(serial.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>What is planned for a serial number.</summary>
    public static string Serial(SerialNumber serial) => serial switch
    {
        SerialNumber.Random => RandomSerial,
        SerialNumber.Fixed written => Serial(written.Value),
        SerialNumber.OfReplica => Replication.Placeholder,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What is planned for the validity.</summary>
    public static string Validity(Lifetime lifetime) => lifetime.From == new TimePoint.Offset(TimeSpan.Zero)
        && lifetime.Until is TimePoint.Offset { FromNow: var duration }
            ? $"{TimeText.Of(duration)} from issuance"
            : $"{Point(lifetime.From)} to {Point(lifetime.Until)}";

    /// <summary>The validity of a certificate that is there.</summary>
    public static string Validity(DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        $"{TimeText.Of(notBefore)} to {TimeText.Of(notAfter)}";

    /// <summary>How a validity looks from a moment: <c>364 days left</c>.</summary>
    public static string Age(DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now) =>
        notBefore > notAfter ? "ends before it begins"
        : now < notBefore ? $"begins in {Span(notBefore - now)}"
        : now > notAfter ? $"expired {Span(now - notAfter)} ago"
        : $"{Span(notAfter - now)} left";

    /// <summary>In the largest whole unit, rounded down.</summary>
    private static string Span(TimeSpan span)
    {
        (int count, string unit) = span switch
        {
            { TotalDays: >= 1 } => ((int)span.TotalDays, "day"),
            { TotalHours: >= 1 } => ((int)span.TotalHours, "hour"),
            { TotalMinutes: >= 1 } => ((int)span.TotalMinutes, "minute"),
            _ => ((int)span.TotalSeconds, "second"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }

    /// <summary>That a certificate is on a CRL.</summary>
    public static string Revoked(CrlEntry entry) => $"{GraphText.Reason(entry.Reason)}, since {TimeText.Of(entry.RevokedAt)}";

    private static string Point(TimePoint point) => point switch
    {
        TimePoint.Instant { Time: var time } => TimeText.Of(time),
        TimePoint.Offset { FromNow: var offset } when offset == TimeSpan.Zero => "issuance",
        TimePoint.Offset { FromNow: var offset } when offset > TimeSpan.Zero => $"issuance +{TimeText.Of(offset)}",
        TimePoint.Offset { FromNow: var offset } => $"issuance {TimeText.Of(offset)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
