using System.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>What the comment above a step says: who acts, and what is done, in the words of the article.</summary>
internal static class StepHeading
{
    /// <summary>Such as <c>[Bob, server side] request the server's certificate</c>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="certificate">The certificate that it is done for.</param>
    public static string Of(PlanStep step, PlannedCertificate certificate) =>
        $"[{Who(step, certificate)}] {What(step, certificate)}";

    /// <summary>A party with a capital letter, as a name; a third party's authority as the scenario calls it.</summary>
    public static string NameOf(Actor actor)
    {
        string name = actor.IsAuthority
            ? actor.Name == "ca" ? "CA" : actor.Name
            : char.ToUpperInvariant(actor.Name[0]) + actor.Name[1..];
        return actor.Replicas is { } count
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} 1 to {count}")
            : name;
    }

    /// <summary>The comment that says who gets a file.</summary>
    public static string GoesTo(string file, Actor receiver) => $"# {file} goes to {NameOf(receiver)}.";

    /// <summary>
    /// The comment below a step. Where all is in one folder nobody copies, but the reader wants to know what goes to whom.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="folders">How the files are laid out.</param>
    /// <returns>Null where nothing is to be said.</returns>
    public static string? After(ScriptStep step, FolderLayout folders)
    {
        if (folders != FolderLayout.Flat || step.Certificate.Steps.OfType<SignCertificate>().FirstOrDefault() is not { } sign
            || sign.Actor == step.Certificate.Holder)
        {
            return null;
        }

        return step.Step switch
        {
            RequestCertificate request => GoesTo(request.RequestFile, sign.Actor),
            SignCertificate signed => GoesTo(signed.CertificateFile, step.Certificate.Holder),
            _ => null,
        };
    }

    private static string Who(PlanStep step, PlannedCertificate certificate)
    {
        string actor = NameOf(step.Actor);
        return step switch
        {
            SignCertificate when step.Actor != certificate.Holder => $"{actor}, on behalf of {NameOf(certificate.Holder)}",
            SignCertificate sign => $"{actor}, as {sign.Issuer.Name}",
            _ => certificate.Role switch
            {
                Role.Server => $"{actor}, server side",
                Role.Client => $"{actor}, client side",
                _ => actor,
            },
        };
    }

    private static string What(PlanStep step, PlannedCertificate certificate)
    {
        string? role = certificate.Role is { } held ? FileNames.RoleName(held) : null;
        string whose = role is null ? $"{certificate.Stem}'s" : $"the {role}'s";
        return step switch
        {
            GenerateKey => $"create {whose} key",
            SelfSign => $"create {certificate.Stem}, a self-signed root CA X.509 certificate",
            RequestCertificate => $"request {whose} certificate",
            SignCertificate when role is null => $"using the request, create {whose} certificate",
            SignCertificate => $"using the request, create the signed {role} certificate",
            WriteChain => $"put {whose} certificate and the intermediates above it into one file",
            WriteAnchors => $"put the authorities that {whose} side trusts into one file",
            WriteFormat format => $"write {format.FormatFile}",
            SignCrl => $"sign {whose} certificate revocation list",
            WriteCrls => $"put the certificate revocation lists that {whose} side checks against into one file",
            HandOver handOver => $"hand over to {NameOf(handOver.Receiver)}",
            _ => throw new UnreachableException(),
        };
    }
}
