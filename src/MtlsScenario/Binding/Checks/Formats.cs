using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Binding.Checks;

/// <summary>Formats that a key has not or that a reader is known to refuse, and passwords that would tell others.</summary>
internal static class Formats
{
    /// <summary>How many certificates .NET reads from a store.</summary>
    private const int MostAnchors = 200;

    /// <summary>The longest name of an object of Kubernetes that serves everywhere (RFC 1123).</summary>
    private const int LongestObjectName = 63;

    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach ((BoundParty party, BoundPartyCertificate use) in scenario.PartyCertificates)
        {
            foreach (FileFormat format in use.Model.Formats)
            {
                Check(format, party, use, faults);
            }
        }
    }

    public static void Warn(BoundScenario scenario, FaultList faults)
    {
        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates)
        {
            foreach (FileFormat format in use.Model.Formats)
            {
                Warn(format, use, scenario, faults);
            }
        }
    }

    private static void Check(FileFormat format, BoundParty party, BoundPartyCertificate use, FaultList faults)
    {
        void Error(string code, string message, string hint) =>
            faults.Error(use.Certificate.Fields.PositionOf("formats"), code, $"{use.Certificate.Label} {message}", hint);
        KeyAlgorithm key = use.Certificate.Specification.Key;
        switch (format.Kind)
        {
            case FormatKind.Traditional when !key.HasTraditionalForm():
                Error(
                    DiagnosticCodes.NoTraditionalForm,
                    $"has no traditional form: its key is {KeyNames.Of(key)}, and only RSA and EC keys have one (PKCS#1, SEC1)",
                    "leave traditional out");
                break;
            case FormatKind.TrustStore when format.Password is { } password && password == use.Model.Password:
                Error(
                    DiagnosticCodes.SharedPassword,
                    "has one password for its trust store and its key stores: whoever may read the first can try passwords on it",
                    "leave the trust store's out, or give it one of its own");
                break;
            case FormatKind.Kubernetes when LongestName(party.Model, use.Model.Role) is { Length: > LongestObjectName } name:
                Error(
                    DiagnosticCodes.ObjectName,
                    string.Create(CultureInfo.InvariantCulture, $"gives Kubernetes an object {VisibleText.Quoted(name)}, a name of {name.Length} characters; at most {LongestObjectName} serve everywhere"),
                    "give the party a shorter name");
                break;
        }
    }

    private static string LongestName(Party party, Role role) =>
        Replication.Fill(FileNames.ObjectName(FileNames.Stem(party, role)), party.Replicas);

    private static void Warn(FileFormat format, BoundPartyCertificate use, BoundScenario scenario, FaultList faults)
    {
        void Warning(string code, string message, string hint) =>
            faults.Warning(use.Certificate.Fields.PositionOf("formats"), code, $"{use.Certificate.Label} {message}", hint);
        if (format.Kind == FormatKind.TrustStore && use.Model.Trusts is { IsDefault: false, Length: > MostAnchors and var count })
        {
            Warning(
                DiagnosticCodes.LargeTrustStore,
                string.Create(CultureInfo.InvariantCulture, $"has a trust store of {count} certificates, and .NET reads at most {MostAnchors}"),
                "for .NET take the anchors as PEM");
        }

        if (format.Kind != FormatKind.Pkcs12)
        {
            return;
        }

        if (use.Certificate.Specification.Key == KeyAlgorithm.Ed25519)
        {
            Warning(
                DiagnosticCodes.KeyInStore,
                "has an ed25519 key, which .NET, Java 8 and Java 11 do not read from a p12",
                "for those take another kind of key");
        }

        if (use.Certificate.Specification.Key.IsMlDsa())
        {
            Warning(
                DiagnosticCodes.KeyInStore,
                "has an ML-DSA key, which only what stands on OpenSSL 3.5 or later reads from a p12",
                "for others take another kind of key");
        }

        if (use.Model is { Role: not Role.Client, Presents: Presentation.Chain } && scenario.IssuersAbove(use.Certificate).Any(issuer => issuer.Model.Issuer is not null))
        {
            Warning(
                DiagnosticCodes.IntermediatesInStore,
                "has an intermediate above it, and Kestrel sends none from a p12: whoever trusts the root alone turns it away",
                "give Kestrel the chain and the key as PEM; other servers send it");
        }
    }
}
