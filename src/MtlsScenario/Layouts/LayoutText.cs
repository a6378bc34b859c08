using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Graphs;

namespace MtlsScenario.Layouts;

/// <summary>A layout as text: at most 80 columns where no other number is said, <c>\n</c>, nothing that a terminal would obey.</summary>
internal static class LayoutText
{
    private const int Width = 80;
    private const int Indent = 2;
    private const int LabelWidth = 24;

    /// <summary>The text of a layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="now">The moment from which dates are looked at; null to say nothing of it.</param>
    /// <param name="width">How many columns a line may have.</param>
    /// <returns>Lines, each with a newline at its end.</returns>
    public static string Of(Layout layout, DateTimeOffset? now, int width = Width)
    {
        var text = new StringBuilder();
        if (layout.Name is { } name)
        {
            text.Append(VisibleText.Of(name)).Append('\n');
        }

        if (layout.Description is { } description)
        {
            foreach (string line in Wrap(VisibleText.Of(description), width))
            {
                text.Append(line).Append('\n');
            }
        }

        foreach (CertificateEntry entry in layout.Certificates)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Of(entry, now, width));
        }

        foreach (CrlDescription crl in layout.Crls)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Of($"{crl.File}: CRL", crl.Lines(now), width));
        }

        if (!layout.OtherFiles.IsEmpty)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("other files\n");
            foreach (string file in layout.OtherFiles)
            {
                text.Append(' ', Indent).Append(VisibleText.Of(file)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The text that is kept as a snapshot: nothing of the moment in it, and no newline at its end, as Verify has it.</summary>
    public static string Snapshot(Layout layout) => Of(layout, now: null).TrimEnd('\n');

    /// <summary>The text of one certificate.</summary>
    public static string Of(CertificateEntry entry, DateTimeOffset? now, int width = Width) =>
        Of($"{entry.Stem}: {entry.Part}", Lines(entry, now), width);

    private static string Of(string title, IEnumerable<(string Label, string Value)> lines, int width)
    {
        var text = new StringBuilder();
        text.AppendJoin("\n  ", Wrap(VisibleText.Of(title), width - Indent)).Append('\n');
        foreach ((string label, string value) in lines)
        {
            string head = label;
            if (label.Length >= LabelWidth)
            {
                text.Append(' ', Indent).Append(VisibleText.Of(label)).Append('\n');
                head = "";
            }

            foreach (string part in Wrap(VisibleText.Of(value), width - Indent - LabelWidth))
            {
                text.Append(' ', Indent).Append(head.PadRight(LabelWidth)).Append(part).Append('\n');
                head = "";
            }
        }

        return text.ToString();
    }

    /// <summary>What is said of a certificate, not yet safe to print; a label that is empty continues the one before.</summary>
    public static IEnumerable<(string Label, string Value)> Lines(CertificateEntry entry, DateTimeOffset? now)
    {
        if (entry.Content is { } content)
        {
            yield return ("version", $"v{content.Version}");
            yield return ("serialNumber", content.SerialNumber);
            if (content.SignatureAlgorithm is { } algorithm)
            {
                yield return ("signature", algorithm);
            }

            yield return ("issuer", content.Issuer);
            yield return ("validity", content.Validity);
            if (now is { } moment && content is { NotBefore: { } notBefore, NotAfter: { } notAfter })
            {
                yield return ("", PlanText.Age(notBefore, notAfter, moment));
            }

            yield return ("subject", content.Subject);
            yield return ("subjectPublicKey", content.PublicKey);
            foreach (ExtensionEntry extension in content.Extensions)
            {
                yield return (extension.Name, extension.IsCritical ? $"critical, {extension.Value}" : extension.Value);
            }
        }

        if (entry.Revoked is { } revoked)
        {
            yield return ("revoked", revoked);
        }

        for (int index = 0; index < entry.Crl.Length; index++)
        {
            yield return (index == 0 ? "CRL" : "", entry.Crl[index]);
        }

        foreach (FileEntry file in entry.Files)
        {
            yield return ($"{file.KindText} file", file.Note is null ? file.Path : $"{file.Path}, {file.Note}");
        }

        if (entry.Trusts is { } trusts)
        {
            yield return ("trusts", trusts.IsEmpty ? "nobody" : string.Join(", ", trusts));
        }

        if (entry.TrustedBy is { } trustedBy)
        {
            yield return ("trusted by", trustedBy.IsEmpty ? "nobody" : string.Join(", ", trustedBy));
        }

        if (entry.Checks is { } issuers)
        {
            yield return ("checks CRLs of", issuers.IsEmpty ? "nobody" : string.Join(", ", issuers));
        }

        foreach (string fault in entry.Faults)
        {
            yield return ("fault", fault);
        }
    }

    /// <summary>Breaks after a blank where there is one, and within a word only where that alone is too long.</summary>
    private static IEnumerable<string> Wrap(string value, int width)
    {
        while (Fitting(value, width) is var fitting && fitting < value.Length)
        {
            int blank = value.LastIndexOf(' ', fitting);
            int end = blank > 0 ? blank : fitting;
            yield return value[..end];
            value = value[end..].TrimStart(' ');
        }

        yield return value;
    }

    /// <summary>How many characters from the start take no more columns than that; at least one does.</summary>
    private static int Fitting(string value, int width)
    {
        int length = 0;
        double columns = 0;
        foreach (Rune rune in value.EnumerateRunes())
        {
            columns += TerminalColumns.Of(rune);
            if (columns > width && length > 0)
            {
                return length;
            }

            length += rune.Utf16SequenceLength;
        }

        return value.Length;
    }
}
