using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using MtlsScenario.Diagnostics;
using Xunit;

namespace MtlsScenario.Tests.Binding;

public sealed class FaultTests
{
    public static TheoryData<string> Titles => [.. FaultCase.All.Select(fault => fault.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Every_fault_is_found_in_one_pass_at_its_place(string title)
    {
        FaultCase fault = FaultCase.All.Single(one => one.Title == title);

        ScenarioReadResult result = fault.Read();

        Assert.Equal(fault.Expected, FaultCase.Print(result.Diagnostics));
        Assert.Equal(result.Diagnostics.Any(one => one.Severity == DiagnosticSeverity.Error), result.Scenario is null);
    }

    [Fact]
    public void Every_code_has_a_case()
    {
        IEnumerable<string> codes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);
        string[] elsewhere = [DiagnosticCodes.FileTooLarge, DiagnosticCodes.NotText, DiagnosticCodes.NestedTooDeep, DiagnosticCodes.AliasExpansion, DiagnosticCodes.ConstraintChecks, DiagnosticCodes.LargeTrustStore];
        HashSet<string> tested = [.. FaultCase.All.SelectMany(fault => fault.Read().Diagnostics).Select(fault => fault.Code), .. elsewhere];

        Assert.All(codes, code => Assert.Contains(code, tested));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Ten_thousand_levels_of_nesting_are_refused_at_the_sixty_fifth(string level)
    {
        Diagnostic fault = Assert.Single(Read(string.Concat(Enumerable.Repeat(level, 10_000))));

        int column = (64 * level.Length) + 1;
        Assert.Equal($"x.yaml:1:{column}: error nested-too-deep: mappings and lists are nested more than 64 deep here", fault.ToString());
    }

    [Fact]
    public void Sixty_four_levels_are_not_too_deep() => Assert.DoesNotContain(
        Read(new string('[', 64) + new string(']', 64)), fault => fault.Code == DiagnosticCodes.NestedTooDeep);

    [Fact]
    public void An_alias_bomb_is_refused_before_it_expands()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++)
        {
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Diagnostic fault = Assert.Single(Read(text.ToString()));

        Assert.Equal("x.yaml:5:45: error alias-expansion: the aliases up to here stand for more than 100000 nodes", fault.ToString());
    }

    [Fact]
    public void A_bomb_of_merge_keys_is_refused_too()
    {
        var text = new StringBuilder("a: &a { " + string.Join(", ", Enumerable.Range(0, 999).Select(key => $"k{key}: x")) + " }\n");
        for (int copy = 0; copy < 200; copy++)
        {
            text.Append($"b{copy}: {{ <<: *a }}\n");
        }

        Assert.Equal(DiagnosticCodes.AliasExpansion, Assert.Single(Read(text.ToString())).Code);
    }

    /// <summary>All of them together once took a minute and a half.</summary>
    [Fact(Timeout = 240_000)]
    public async Task Names_times_constraints_times_a_chain_are_refused_before_they_are_compared()
    {
        var text = new StringBuilder("name: x\nauthorities:\n");
        text.Append($"  a1: {{ subject: /CN=a1, nameConstraints: &all {{ excluded: [{Many(2000, "dns:x{0}.example.org")}] }} }}\n");
        text.Append(string.Concat(Enumerable.Range(2, 63).Select(length =>
            $"  a{length}: {{ subject: /CN=a{length}, issuer: a{length - 1}{(length < 40 ? ", nameConstraints: *all" : "")} }}\n")));
        text.Append($"parties:\n  p1: {{ client: {{ subject: /CN=x, issuer: a64, trusts: [a1], names: &names [{Many(1000, "dns:y{0}.example.net")}] }} }}\n");
        text.Append(string.Concat(Enumerable.Range(2, 20).Select(number =>
            $"  p{number}: {{ client: {{ subject: /CN=x, issuer: a64, trusts: [a1], names: *names }} }}\n")));

        Diagnostic fault = Assert.Single(await Task.Run(() => Read(text.ToString())));

        Assert.Equal(
            "x.yaml:68:69: error constraint-checks: with the names up to here there are more than 1048576 pairs of a name and a name constraint above it",
            fault.ToString());
    }

    private static string Many(int count, string format) => string.Join(
        ", ", Enumerable.Range(0, count).Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, number)));

    [Fact]
    public void A_file_over_one_mebibyte_is_refused() => Assert.Equal(
        "x.yaml:1:1: error file-too-large: the file has more than 1048576 bytes (1 MiB), which is the most that a scenario has",
        Assert.Single(Read("#" + new string('x', 1024 * 1024))).ToString());

    [Fact]
    public void A_binary_file_is_refused_at_its_first_NUL() => Assert.Equal(
        "x.yaml:2:4: error not-text: the file holds a NUL byte, so it is no text; a scenario is UTF-8 text",
        Assert.Single(Read("name: x\nöäü\0")).ToString());

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_where_they_are() => Assert.Equal(
        "x.yaml:1:10: error not-text: byte e4 (hexadecimal) is not UTF-8 here; a scenario is UTF-8 text\n  hint: save it as UTF-8",
        Assert.Single(Read([.. "name: Mön"u8, 0xE4, .. "x"u8])).ToString());

    [Fact]
    public void UTF16_is_refused_by_name() => Assert.Equal(
        "x.yaml:1:1: error not-text: the file is UTF-16 text; a scenario is UTF-8\n  hint: save it as UTF-8",
        Assert.Single(Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("name: x")).ToArray())).ToString());

    [Fact]
    public void A_byte_order_mark_moves_nothing()
    {
        FaultCase fault = FaultCase.All.Single(one => one.Title == "syntax: A key twice");

        Assert.Equal(fault.Expected, FaultCase.Print(Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(fault.Yaml)])));
    }

    private static ImmutableArray<Diagnostic> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static ImmutableArray<Diagnostic> Read(byte[] content) => ScenarioReader.Read("x.yaml", content).Diagnostics;
}
