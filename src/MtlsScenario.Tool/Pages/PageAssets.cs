using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Graphs.Drawing;

namespace MtlsScenario.Tool.Pages;

/// <summary>The style sheet and the script of the page, and the policy that allows these and nothing else.</summary>
internal static class PageAssets
{
    /// <summary>The style sheet, that of the diagram in it.</summary>
    public static string Style { get; } = Read("report.css") + SvgStyle.Css;

    /// <summary>The script.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>The content security policy: nothing is fetched, and no other style or script counts.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
