using System.Text.RegularExpressions;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads connections.</summary>
/// <param name="names">The authorities and parties that there are.</param>
/// <param name="parties">The parties, read, by name.</param>
/// <param name="lifetimes">Reads instants.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed partial class ConnectionBinder(
    DeclaredNames names, IReadOnlyDictionary<string, BoundParty> parties, TimeReader lifetimes, FaultList faults)
{
    private const string Expected = "a connection such as amy -> bob, or { from: amy, to: bob }";

    /// <summary>The connection; null where its ends could not be read.</summary>
    public BoundConnection? Bind(Field item)
    {
        if (item.Value is MappingNode mapping)
        {
            var fields = new Fields(item.Position, mapping);
            fields.CheckKeys(FormatKeys.Connection, "a connection", faults);
            return BindLong(fields);
        }

        if (item.Text(faults, Expected) is not { } text)
        {
            return null;
        }

        Match match = Arrow().Match(text);
        if (!match.Success)
        {
            faults.Error(
                item.Position,
                DiagnosticCodes.InvalidConnection,
                $"{VisibleText.Quoted(text)} is no connection",
                "write CLIENT -> SERVER, the names of two parties");
            return null;
        }

        ConnectionEnd? from = ReadEnd(match.Groups["from"].Value, item);
        return Bind(new Fields(item.Position, null), from, ReadEnd(match.Groups["to"].Value, item));
    }

    private BoundConnection? BindLong(Fields fields)
    {
        ConnectionEnd? from = ReadEnd(fields, "from");
        return Bind(fields, from, ReadEnd(fields, "to"));
    }

    private BoundConnection? Bind(Fields fields, ConnectionEnd? from, ConnectionEnd? to)
    {
        Outcome? expect = fields["expect"] is { } outcome ? Vocabulary.Outcomes.Read(outcome, faults) : Outcome.Accepted;
        RejectingEnd? by = fields["by"] is { } end ? Vocabulary.RejectingEnds.Read(end, faults) : null;
        RejectionReason? because = fields["because"] is { } reason ? Vocabulary.Reasons.Read(reason, faults) : null;
        TlsVersion? tls = fields["tls"] is { } version ? Vocabulary.TlsVersions.Read(version, faults) : null;
        DateTimeOffset? at = fields["at"] is { } instant ? lifetimes.ReadInstant(instant) : null;
        bool presentsNothing = fields["presents"] is { } presents && Vocabulary.Nothing.Read(presents, faults) == true;
        foreach (string key in (string[])["by", "because"])
        {
            if (expect == Outcome.Accepted && fields[key] is { } field)
            {
                faults.Error(
                    field.Position,
                    DiagnosticCodes.NotRejected,
                    $"{key} tells of a rejection, but the connection is expected to be accepted",
                    "add expect: rejected");
            }
        }

        if (from is null || to is null)
        {
            return null;
        }

        BoundPartyCertificate? called = CertificateOf(fields, "to", to, Role.Server);
        CertificateOf(fields, "from", from, Role.Client);
        string? host = fields["host"] is { } name ? ListenReader.ReadHost(name, faults) : null;
        return new BoundConnection(fields, new Connection
        {
            From = from,
            To = to,
            Host = host ?? (called?.Model.Listen ?? ListenAddress.Default).Host,
            Expect = expect ?? Outcome.Accepted,
            By = expect == Outcome.Rejected ? (by ?? RejectingBy(because)).Side : null,
            Because = because,
            Tls = tls,
            At = at,
            PresentsNothing = presentsNothing,
        });
    }

    /// <summary>Who must reject where nothing is said: the server, but only clients call anybody by a name.</summary>
    private static RejectingEnd RejectingBy(RejectionReason? because) =>
        new(because == RejectionReason.NameMismatch ? Side.Client : Side.Server);

    private BoundPartyCertificate? CertificateOf(Fields fields, string key, ConnectionEnd end, Role role)
    {
        if (!parties.TryGetValue(end.Party, out BoundParty? party))
        {
            return null;
        }

        BoundPartyCertificate? certificate = party.Find(role);
        if (certificate is null)
        {
            string word = role == Role.Server ? "server" : "client";
            faults.Error(
                fields.PositionOf(key),
                DiagnosticCodes.NoCertificate,
                $"{VisibleText.Quoted(end.Party)} cannot {(role == Role.Server ? "be called" : "call")}: it has neither a {word} nor a peer certificate");
        }

        return certificate;
    }

    private ConnectionEnd? ReadEnd(Fields fields, string key)
    {
        if (fields[key] is not { } field)
        {
            fields.Missing(key, "the connection", faults);
            return null;
        }

        return field.Text(faults, "a party, such as amy, amy[1] or amy[*]") is { } text ? ReadEnd(text, field) : null;
    }

    private ConnectionEnd? ReadEnd(string text, Field field)
    {
        Match match = End().Match(text);
        if (!match.Success)
        {
            faults.Error(
                field.Position,
                DiagnosticCodes.InvalidConnection,
                $"{VisibleText.Quoted(text)} is no end of a connection",
                "write PARTY, or of a party with replicas PARTY[1] or PARTY[*]");
            return null;
        }

        string name = names.CheckParty(match.Groups["party"].Value, field);
        if (!match.Groups["replica"].Success)
        {
            return new ConnectionEnd(name);
        }

        if (!parties.TryGetValue(name, out BoundParty? party))
        {
            return null;
        }

        string replica = match.Groups["replica"].Value;
        if (party.Model.Replicas is not { } count)
        {
            faults.Error(
                field.Position,
                DiagnosticCodes.UnknownReplica,
                $"{VisibleText.Quoted(text)}: {VisibleText.Quoted(name)} has no replicas",
                $"write {name}");
            return null;
        }

        if (replica == "*")
        {
            return new ConnectionEnd(name, ReplicaSelection.All);
        }

        if (int.TryParse(replica, out int number) && number >= 1 && number <= count)
        {
            return new ConnectionEnd(name, ReplicaSelection.One, number);
        }

        faults.Error(
            field.Position, DiagnosticCodes.UnknownReplica, $"{VisibleText.Quoted(text)}: the replicas of {VisibleText.Quoted(name)} are 1 to {count}");
        return null;
    }

    [GeneratedRegex(@"^\s*(?<from>\S+?)\s*->\s*(?<to>[^\s>]+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^(?<party>[^\s\[\]]+)(\[(?<replica>[0-9]{1,9}|\*)\])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
