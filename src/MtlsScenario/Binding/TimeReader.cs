using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads when a certificate is valid, and other times.</summary>
/// <param name="now">Against which an instant at one end and an offset at the other are compared.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class TimeReader(DateTimeOffset now, FaultList faults)
{
    private const string Example = "a duration such as 90d or 36h";

    /// <summary>A duration, or <c>{ from, until }</c>.</summary>
    public Lifetime? Read(Field field) => field.Value switch
    {
        MappingNode mapping => ReadRange(mapping, field.Position),
        ScalarNode => ReadDuration(field, $"{Example}, or {{ from: T, until: T }}") is { } duration ? Lifetime.Of(duration) : null,
        _ => WrongType(field),
    };

    /// <summary>A duration of more than nothing.</summary>
    public TimeSpan? ReadDuration(Field field, string expected = Example)
    {
        if (field.Text(faults, expected) is not { } text)
        {
            return null;
        }

        if (TimeSyntax.Duration(text, isSigned: false) is { } duration && duration > TimeSpan.Zero)
        {
            return duration;
        }

        faults.Error(
            field.Position,
            DiagnosticCodes.InvalidDuration,
            $"{VisibleText.Quoted(text)} is no {field.Key}",
            $"write a number of days, hours, minutes or seconds, such as 90d, 36h, 15m or 30s: at least 1s, at most {TimeText.Of(TimeSyntax.Longest)}");
        return null;
    }

    /// <summary>An RFC 3339 instant.</summary>
    public DateTimeOffset? ReadInstant(Field field)
    {
        if (field.Text(faults, "an instant such as 2030-01-31T12:00:00Z") is not { } text)
        {
            return null;
        }

        if (TimeSyntax.Instant(text) is { } instant)
        {
            return instant;
        }

        faults.Error(
            field.Position,
            DiagnosticCodes.InvalidInstant,
            $"{VisibleText.Quoted(text)} is no RFC 3339 instant",
            "write it like 2030-01-31T12:00:00Z, in whole seconds");
        return null;
    }

    private Lifetime? WrongType(Field field)
    {
        field.WrongType(faults, $"{Example}, or {{ from: T, until: T }}");
        return null;
    }

    private Lifetime? ReadRange(MappingNode mapping, SourcePosition owner)
    {
        var fields = new Fields(owner, mapping);
        fields.CheckKeys(["from", "until"], "a lifetime", faults);
        TimePoint? from = ReadPoint(fields, "from");
        TimePoint? until = ReadPoint(fields, "until");
        if (from is null || until is null)
        {
            return null;
        }

        if (until.At(now) < from.At(now))
        {
            faults.Error(
                fields.PositionOf("until"),
                DiagnosticCodes.InvalidLifetime,
                $"the lifetime ends ({TimePointText.Of(until)}) before it begins ({TimePointText.Of(from)})");
            return null;
        }

        return new Lifetime(from, until);
    }

    private TimePoint? ReadPoint(Fields fields, string key)
    {
        if (fields[key] is { } field)
        {
            return ReadPoint(field);
        }

        fields.Missing(key, "the lifetime", faults);
        return null;
    }

    /// <summary>Whether it lies after the moment against which is compared.</summary>
    public bool IsFuture(TimePoint point) => point.At(now) > now;

    /// <summary>The year of it.</summary>
    public int YearOf(TimePoint point) => point.At(now).Year;

    /// <summary>An RFC 3339 instant, or an offset from now.</summary>
    public TimePoint? ReadPoint(Field field)
    {
        if (field.Text(faults, "an instant such as 2030-01-31T12:00:00Z or an offset from now such as -1d or +30d") is not { } text)
        {
            return null;
        }

        if (TimeSyntax.Duration(text, isSigned: true) is { } offset)
        {
            return new TimePoint.Offset(offset);
        }

        if (TimeSyntax.Instant(text) is { } instant)
        {
            return new TimePoint.Instant(instant);
        }

        faults.Error(
            field.Position,
            DiagnosticCodes.InvalidInstant,
            $"{VisibleText.Quoted(text)} is neither an RFC 3339 instant nor an offset from now",
            TimeSyntax.Duration(text, isSigned: false) is null
                ? "write 2030-01-31T12:00:00Z, in whole seconds, or an offset with a sign, -1d or +30d"
                : $"an offset has a sign: +{text} or -{text}");
        return null;
    }
}
