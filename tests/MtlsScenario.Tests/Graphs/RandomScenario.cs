using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Tests.Planning;

namespace MtlsScenario.Tests.Graphs;

/// <summary>Scenarios that nobody would write, to lay out: the same for the same seed.</summary>
internal static class RandomScenario
{
    private static readonly ImmutableArray<string> Words =
        ["a", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "some-name", "x_y-z", "証明書の名前", "Ångström Ж", "🔐🔐🔐", "an organisation with a long name"];

    /// <summary>A scenario of about that many certificates.</summary>
    public static Scenario Create(int seed, int certificates)
    {
#pragma warning disable CA5394 // It chooses a drawing, not a key.
        var random = new Random(seed);
        int Below(int bound) => random.Next(bound);
        T One<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
#pragma warning restore CA5394
        string Name(string prefix, int number)
        {
            string word = One(Words);
            string tail = word.All(char.IsAsciiLetterOrDigit) ? word : "";
            return string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}{tail}")[..Math.Min(60, prefix.Length + 3 + tail.Length - (number < 10 ? 2 : 1))];
        }

        var authorities = new List<Authority>();
        for (int index = 0; index < 1 + Below(Math.Max(1, certificates / 3)); index++)
        {
            string? issuer = authorities.Count > 0 && Below(3) > 0 ? One(authorities).Name : null;
            authorities.Add(AmyBob.Authority(Name("ca", index), issuer, One(Words)));
        }

        var parties = new List<Party>();
        for (int left = certificates - authorities.Count; left > 0;)
        {
            ImmutableArray<Role> roles = Below(3) switch { 0 => [Role.Server], 1 => [Role.Client], _ => [Role.Client, Role.Server] };
            left -= roles.Length;
            parties.Add(new Party
            {
                Name = Name("party", parties.Count),
                Replicas = Below(4) == 0 ? 1000 : null,
                Certificates = [.. roles.Select(role => AmyBob.Certificate(
                    role, One(Words), One(authorities).Name, [.. authorities.Where(_ => Below(4) == 0).Select(authority => authority.Name)]))],
            });
        }

        Party[] callers = [.. parties.Where(party => party.Calling is not null)];
        Party[] called = [.. parties.Where(party => party.Called is not null)];
        var connections = new List<Connection>();
        for (int index = 0; index < certificates && callers.Length > 0 && called.Length > 0; index++)
        {
            connections.Add(new Connection
            {
                From = new ConnectionEnd(One(callers).Name),
                To = new ConnectionEnd(One(called).Name),
                Host = "localhost",
                Expect = Below(3) == 0 ? Outcome.Rejected : Outcome.Accepted,
                PresentsNothing = Below(4) == 0,
            });
        }

        return new Scenario
        {
            Name = "random",
            Description = string.Join(' ', Words),
            Authorities = [.. authorities],
            Parties = [.. parties],
            Connections = [.. connections],
        };
    }
}
