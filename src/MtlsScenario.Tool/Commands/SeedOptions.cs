using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Binding;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>--insecure-seed FILE</c> and <c>--epoch INSTANT</c>.</summary>
internal sealed class SeedOptions(CommandSyntax syntax)
{
    private const string Variable = "MTLS_SCENARIO_INSECURE_SEED";
    private const string EpochVariable = "SOURCE_DATE_EPOCH";
    private const int MostBytes = 1 << 16;

    private readonly CommandOption _seed = syntax.Value(
        "--insecure-seed <FILE>", $"derive all keys from FILE, or from what is in {Variable}: whoever has that has every key", Completion.File);

    private readonly CommandOption _epoch = syntax.Instant(
        "--epoch <INSTANT>", $"with a seed, what dates are counted from, such as 2026-01-01T00:00:00Z; otherwise {EpochVariable}");

    /// <summary>Whether a seed or an epoch was said on the command line.</summary>
    public bool AreSaid => _seed.HasValue() || _epoch.HasValue();

    /// <summary>The options as they were said, for hints.</summary>
    public string[] Words =>
    [
        .. _seed.Value() is { } file ? ["--insecure-seed", file] : Array.Empty<string>(),
        .. _epoch.Value() is { } epoch ? ["--epoch", epoch] : Array.Empty<string>(),
    ];

    /// <summary>Plans a scenario, and says of each that comes of a seed that it does.</summary>
    /// <param name="context">Where the environment is, and where that is said.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="provided">Where the certificates of external authorities are.</param>
    /// <param name="planned">The plan, which the caller disposes of; null where there is a fault.</param>
    /// <returns>What is wrong, or null.</returns>
    /// <exception cref="EnvironmentException">The seed cannot be read.</exception>
    public UsageFault? TryPlan(ToolContext context, Scenario scenario, FolderReader provided, out PlannedScenario? planned)
    {
        planned = null;
        if (Read(context) is not { } bytes)
        {
            if (_epoch.HasValue())
            {
                return new UsageFault("--epoch is for --insecure-seed", "without a seed, dates are counted from now");
            }

            planned = new PlannedScenario(scenario, Planner.For(scenario), context.Time.GetUtcNow());
            return null;
        }

        string place = _seed.Value() is { } file ? VisibleText.Of(file) : Variable;
        try
        {
            if (bytes.Length is < KeySeed.LeastLength or > MostBytes)
            {
                return new UsageFault(
                    string.Create(CultureInfo.InvariantCulture, $"{place}: a seed has {KeySeed.LeastLength} to {MostBytes} bytes, and there {(bytes.Length == 1 ? "is" : "are")} {Math.Min(bytes.Length, MostBytes + 1)}"),
                    "openssl rand -hex 32 makes one");
            }

            if (TryEpoch(context, out DateTimeOffset? epoch) is { } fault)
            {
                return fault;
            }

            if (epoch is null && SeededPlan.FirstRelative(scenario) is { } relative)
            {
                return new UsageFault(
                    $"with a seed, nothing can be counted from now, and {VisibleText.Of(relative)} is",
                    $"--epoch INSTANT or {EpochVariable} says from when, or write the dates");
            }

            Scenario written = epoch is { } moment ? scenario.At(moment) : scenario;
            var seed = new KeySeed(bytes);
            DateTimeOffset now = epoch ?? DateTimeOffset.FromUnixTimeSeconds(context.Time.GetUtcNow().ToUnixTimeSeconds());
            planned = PlannedScenario.Of(written, new SeededPlan(Planner.For(written), seed, now, external => provided.Certificate(external.Files.Certificate)), seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        context.Report.Caution($"all keys come of the seed in {place}: whoever has that has every key", "for tests, and for nothing that anybody relies on");
        return null;
    }

    private static UsageFault? Malformed(string value) =>
        new($"{EpochVariable}: {VisibleText.Quoted(value)} is no number of seconds since 1970", "see reproducible-builds.org");

    private UsageFault? TryEpoch(ToolContext context, out DateTimeOffset? epoch)
    {
        epoch = _epoch.Value() is { } said ? TimeSyntax.Instant(said) : null;
        if (epoch is not null || context.Environment(EpochVariable) is not { Length: > 0 } value)
        {
            return null;
        }

        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return Malformed(value);
        }

        epoch = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return null;
    }

    /// <summary>The seed, without the newline that ends a line; null where none was said.</summary>
    private byte[]? Read(ToolContext context)
    {
        byte[] bytes;
        if (_seed.Value() is not { } file)
        {
            if (context.Environment(Variable) is not { Length: > 0 } value)
            {
                return null;
            }

            bytes = Encoding.UTF8.GetBytes(value);
        }
        else
        {
            try
            {
                using FileStream stream = File.OpenRead(context.Resolve(file));
                byte[] buffer = new byte[MostBytes + 3];
                bytes = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
                CryptographicOperations.ZeroMemory(buffer);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new EnvironmentException($"{VisibleText.Of(file)}: the seed cannot be read: {FileFault.Of(exception)}") { File = file };
            }
        }

        int length = bytes.Length;
        length -= length > 0 && bytes[length - 1] == '\n' ? 1 : 0;
        length -= length > 0 && length < bytes.Length && bytes[length - 1] == '\r' ? 1 : 0;
        return bytes[..length];
    }
}
