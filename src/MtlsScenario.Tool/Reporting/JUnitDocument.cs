using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace MtlsScenario.Tool.Reporting;

/// <summary>The XML of JUnit that CI servers read.</summary>
internal static class JUnitDocument
{
    /// <summary>The document, ending in a newline.</summary>
    /// <param name="name">What was tested.</param>
    /// <param name="started">When it began, UTC.</param>
    /// <param name="cases">The test cases.</param>
    /// <param name="sample">That some of them stand for all; null where they do not.</param>
    public static string Of(string name, DateTimeOffset started, ImmutableArray<JUnitCase> cases, string? sample = null)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            string Count(string fault) => Text(cases.Count(one => one.Fault == fault));
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("tests", Text(cases.Length));
            xml.WriteAttributeString("failures", Count("failure"));
            xml.WriteAttributeString("errors", Count("error"));
            xml.WriteAttributeString("skipped", Count("skipped"));
            xml.WriteAttributeString("time", Text(cases.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Elapsed)));
            xml.WriteAttributeString("timestamp", started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            if (sample is not null)
            {
                xml.WriteStartElement("properties");
                xml.WriteStartElement("property");
                xml.WriteAttributeString("name", "sample");
                xml.WriteAttributeString("value", sample);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            foreach (JUnitCase one in cases)
            {
                Write(xml, name, one);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void Write(XmlWriter xml, string name, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", name);
        xml.WriteAttributeString("name", one.Name);
        xml.WriteAttributeString("time", Text(one.Elapsed));
        if (one.Fault is not null)
        {
            xml.WriteStartElement(one.Fault);
            xml.WriteAttributeString("message", one.Message);
            if (one.Text.Length > 0)
            {
                xml.WriteString(one.Text);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

/// <summary>A test case.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record JUnitCase(string Name, TimeSpan Elapsed)
{
    /// <summary><c>failure</c>, <c>error</c> or <c>skipped</c>; null where it passed.</summary>
    public string? Fault { get; init; }

    /// <summary>Why it did not pass, fit to be printed.</summary>
    public string Message { get; init; } = "";

    /// <summary>More of that, fit to be printed; empty for no more.</summary>
    public string Text { get; init; } = "";
}
