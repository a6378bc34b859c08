using System.Text;
using MtlsScenario.Binding;
using MtlsScenario.Diagnostics;
using Xunit;

namespace MtlsScenario.Tests.Binding;

/// <summary>Whatever a file holds, reading it ends in a scenario or in errors, and never in an exception.</summary>
public sealed class MutationTests
{
    private static readonly string[] Pieces =
    [
        ":", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "<<: *a", "!", "!!str ", "|", ">", "'", "\"", "\\", "#", "\n", "\n  ", "\t", "%", "---\n", "...\n", "?", ",",
        "\0", "\u001b", "\ud7ff", "é", "😀", "~", "null", "-1", "0x", "{n}", "999999999999999999999999", "2030-01-01T00:00:00Z", "+1d", "/", "+", "=",
    ];

    [Fact]
    public void Mutated_scenarios_never_make_it_throw()
    {
        // A fixed seed: a failure is the same on the next run.
        var random = new Random(20260101);
        string[] texts = [.. ShippedScenarios.Names.Select(name => Encoding.UTF8.GetString(ShippedScenarios.Content(name))), .. FaultCase.All.Select(fault => fault.Yaml)];
        int faulty = 0;
        for (int run = 0; run < 4000; run++)
        {
            var text = new StringBuilder(texts[random.Next(texts.Length)]);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int place = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Insert(place, Pieces[random.Next(Pieces.Length)]);
                        break;
                    case 1:
                        text.Remove(place, Math.Min(random.Next(1, 20), text.Length - place));
                        break;
                    default:
                        string other = texts[random.Next(texts.Length)];
                        int start = random.Next(other.Length);
                        text.Insert(place, other.AsSpan(start, Math.Min(random.Next(1, 40), other.Length - start)));
                        break;
                }

                text.Append('\n');
            }

            ScenarioReadResult result = ScenarioReader.Read("x", Encoding.UTF8.GetBytes(text.ToString()));
            bool hasErrors = result.Diagnostics.Any(fault => fault.Severity == DiagnosticSeverity.Error);
            Assert.Equal(hasErrors, result.Scenario is null);
            Assert.All(result.Diagnostics, fault => Assert.DoesNotContain('\u001b', fault.ToString()));
            faulty += hasErrors ? 1 : 0;
        }

        Assert.InRange(faulty, 2000, 3999);
    }
}
