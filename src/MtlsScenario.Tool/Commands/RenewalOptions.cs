using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>--renew</c> and <c>--new-key STEM</c>.</summary>
internal sealed class RenewalOptions(CommandSyntax syntax)
{
    private const string All = "all";

    private readonly CommandOption _renew = syntax.Flag("--renew", "new certificates, same keys");
    private readonly CommandOption _newKeys = syntax.Values(
        "--new-key <STEM>", "a new key, and what follows from it; several times, or all", Completion.Stem);

    /// <summary>The options, as the user said them.</summary>
    public string[] Words => [.. _renew.HasValue() ? (string[])["--renew"] : [], .. _newKeys.Values.OfType<string>().SelectMany(stem => new[] { "--new-key", stem })];

    /// <summary>What is wrong with the stems, or null.</summary>
    public UsageFault? Fault(Plan plan)
    {
        foreach (string? stem in _newKeys.Values)
        {
            if (stem is null or All || plan.Certificates.Any(certificate => !certificate.IsExternal && Covers(certificate, stem)))
            {
                continue;
            }

            string[] stems = [.. plan.Certificates.Where(certificate => !certificate.IsExternal).Select(certificate => certificate.Stem)];
            string? nearest = NearestName.Find(stem, stems, leniency: 1);
            return new UsageFault(
                $"--new-key {VisibleText.Quoted(stem)}: the scenario has no such key",
                nearest is null ? $"there are {string.Join(", ", stems.Take(12))}" : $"did you mean {nearest}?");
        }

        return null;
    }

    /// <summary>What was asked for.</summary>
    /// <param name="context">Where the environment is.</param>
    /// <param name="passwords">The passwords of stores and encrypted keys; null where none are looked at.</param>
    public ReconciliationOptions Read(ToolContext context, StorePasswords? passwords) => new(
        _renew.HasValue(),
        [.. _newKeys.Values.OfType<string>()],
        _newKeys.Values.Contains(All, StringComparer.Ordinal))
    {
        Passwords = passwords,
        InvokingUser = Environment.IsPrivilegedProcess
            && uint.TryParse(context.Environment("SUDO_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out uint user)
                ? user
                : null,
    };

    private static bool Covers(PlannedCertificate certificate, string stem) =>
        certificate.Stem == stem
        || (certificate.Replicas is { } replicas
            && Enumerable.Range(1, replicas.Count)
                .Any(number => certificate.Member(number).Stem == stem));
}
