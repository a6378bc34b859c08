using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Model;
using MtlsScenario.Tool.Peers;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Interop.Tests.Revocation;

/// <summary>What <c>openssl verify -crl_check_all</c> makes of a chain.</summary>
internal static partial class OpenSslVerdict
{
    /// <summary>Its verdict.</summary>
    /// <param name="folder">A folder for the files.</param>
    /// <param name="chain">What is presented, leaf first.</param>
    /// <param name="anchors">What is trusted.</param>
    /// <param name="crls">The lists; null where nothing is checked.</param>
    /// <param name="options">Further options, the purpose among them.</param>
    /// <returns>Accepted or not, and the reason of its number; null for one that has none.</returns>
    public static async Task<(bool IsAccepted, RejectionReason? Reason)> OfAsync(
        string folder, IEnumerable<ReadOnlyMemory<byte>> chain, IEnumerable<ReadOnlyMemory<byte>> anchors, IEnumerable<ReadOnlyMemory<byte>>? crls, params ImmutableArray<string> options)
    {
        ReadOnlyMemory<byte>[] all = [.. chain];
        string Write(string name, string label, IEnumerable<ReadOnlyMemory<byte>> blocks)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, [.. blocks.SelectMany(der => Pem.Encode(label, der.Span))]);
            return path;
        }

        string leaf = Write("leaf.pem", Pem.Certificate, all.Take(1));
        List<string> arguments = ["verify", "-no-CAfile", "-no-CApath", "-partial_chain", .. options, "-trusted", Write("trusted.pem", Pem.Certificate, anchors)];
        if (all.Length > 1)
        {
            arguments.AddRange(["-untrusted", Write("untrusted.pem", Pem.Certificate, all.Skip(1))]);
        }

        if (crls?.ToArray() is { } lists)
        {
            arguments.Add("-crl_check_all");
            arguments.AddRange(lists.Length == 0 ? [] : ["-CRLfile", Write("lists.pem", Pem.Crl, lists)]);
        }

        BufferedCommandResult result = await Cli.Wrap(Needs.Program("openssl"))
            .WithArguments([.. arguments, leaf])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8);
        Match error = Error().Match(result.StandardError);
        Assert.True(result.ExitCode == 0 || error.Success, result.StandardError);
        return (result.ExitCode == 0, error.Success ? VerifyError.ReasonOf(int.Parse(error.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) : null);
    }

    [GeneratedRegex(@"^error (\d+) at", RegexOptions.Multiline)]
    private static partial Regex Error();
}
