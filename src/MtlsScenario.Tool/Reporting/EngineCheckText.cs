using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Layouts;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Engines;

namespace MtlsScenario.Tool.Reporting;

/// <summary>Says what came of comparing the script with the native engine.</summary>
internal static class EngineCheckText
{
    /// <summary>A line for each file, what differs below it, and the sum.</summary>
    public static string Lines(EngineCheck check)
    {
        if (check.Obstacle is { } obstacle)
        {
            return obstacle + "\n";
        }

        var text = new StringBuilder();
        foreach (FileComparison file in check.Files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.File}: {Words(file)}\n");
            foreach (FieldDifference difference in file.Differences)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {difference.Field}\n");
                text.Append(CultureInfo.InvariantCulture, $"    native: {VisibleText.Of(difference.Native)}\n");
                text.Append(CultureInfo.InvariantCulture, $"    script: {VisibleText.Of(difference.Script)}\n");
            }
        }

        int different = check.Files.Count(file => file.Equality == ByteEquality.Different);
        text.Append(different == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{check.OpenSsl} and apply made the same {check.Files.Length} files.\n")
            : string.Create(CultureInfo.InvariantCulture, $"{check.OpenSsl} and apply differ in {different} of {check.Files.Length} files.\n"));
        return text.ToString();
    }

    /// <summary>The same as JSON.</summary>
    public static string Json(EngineCheck check)
    {
        var json = new EngineCheckJson(
            check.OpenSsl.ToString(),
            check.IsEqual,
            check.Obstacle,
            [
                .. check.Files.Select(file => new FileComparisonJson(
                    file.File,
                    file.Equality switch
                    {
                        ByteEquality.ByteForByte => "byteForByte",
                        ByteEquality.ToBeSigned => "toBeSigned",
                        _ => "different",
                    },
                    file.Drawn,
                    [.. file.Differences.Select(field => new FieldDifferenceJson(field.Field, field.Native, field.Script))])),
            ]);
        return JsonText.Of(json, EngineCheckJsonContext.Default.EngineCheckJson);
    }

    private static string Words(FileComparison file)
    {
        string drawn = file.Drawn.IsEmpty
            ? ""
            : $", with the {string.Join(" and the ", file.Drawn)} that the script drew";
        return file.Equality switch
        {
            ByteEquality.ByteForByte => "equal, byte for byte" + drawn,
            ByteEquality.ToBeSigned => $"equal, byte for byte, but for the signatures, which both verify{drawn}",
            _ => "different",
        };
    }
}
