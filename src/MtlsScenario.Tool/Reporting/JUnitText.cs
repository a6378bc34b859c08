using System.Globalization;
using System.Text;
using System.Xml;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Reporting;

/// <summary>
/// What came of trying a scenario's connections, in the XML of JUnit that CI servers read: a test case for each handshake.
/// What was not tried is skipped, or an error where nothing else tried it.
/// </summary>
internal static class JUnitText
{
    /// <summary>The document, ending in a newline.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="started">When it began, UTC.</param>
    public static string Of(TrialReport report, DateTimeOffset started)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            int skipped = report.Count(TrialStatus.NotTried) - report.Results.Count(result => IsError(report, result));
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", report.Scenario.Name);
            xml.WriteAttributeString("tests", Text(report.Results.Length));
            xml.WriteAttributeString("failures", Text(report.Count(TrialStatus.Failed)));
            xml.WriteAttributeString("errors", Text(report.Count(TrialStatus.NotTried) - skipped));
            xml.WriteAttributeString("skipped", Text(skipped));
            xml.WriteAttributeString("time", Text(report.Results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Elapsed)));
            xml.WriteAttributeString("timestamp", started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            if (report.Trials.IsSample)
            {
                xml.WriteStartElement("properties");
                xml.WriteStartElement("property");
                xml.WriteAttributeString("name", "sample");
                xml.WriteAttributeString("value", TrialText.Sample(report.Trials));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            foreach (TrialResult result in report.Results)
            {
                Write(xml, report, result);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void Write(XmlWriter xml, TrialReport report, TrialResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", report.Scenario.Name);
        xml.WriteAttributeString("name", Name(result));
        xml.WriteAttributeString("time", Text(result.Elapsed));
        switch (result.Status)
        {
            case TrialStatus.Failed:
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", $"expected: {TrialResult.Expectation(result.Trial.Connection)}; it was: {result.Verdict}");
                xml.WriteString(VisibleText.Of(TrialText.Said(result.Verdict)));
                xml.WriteEndElement();
                break;
            case TrialStatus.NotTried:
                xml.WriteStartElement(IsError(report, result) ? "error" : "skipped");
                xml.WriteAttributeString("message", $"not tried: {VisibleText.Of(TrialText.Said(result.Verdict))}");
                xml.WriteEndElement();
                break;
            default:
                break;
        }

        xml.WriteEndElement();
    }

    /// <summary>Said with all that tells two connections apart.</summary>
    private static string Name(TrialResult result)
    {
        string connection = TrialText.Of(result.Trial.Connection, result.Trial.Server.Certificate);
        string ends = $"{result.Trial.Connection.From} -> {result.Trial.Connection.To}";
        return $"{result.Trial.Name}{connection[ends.Length..]}, TLS {TrialText.Of(result.Trial.Offered)}, {result.Stack}";
    }

    private static bool IsError(TrialReport report, TrialResult result) => report.Untried.Contains(result.Trial);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
