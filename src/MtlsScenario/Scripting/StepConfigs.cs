using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The configurations that every script gives to openssl for a certificate, wherever it puts them.</summary>
internal static class StepConfigs
{
    /// <summary>That of <c>openssl req</c>: a subject, and the extensions that are asked for or, of a root, that it gets.</summary>
    /// <param name="certificate">Whose it is.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="extensions">The extensions; none for just the subject.</param>
    /// <param name="key">By which they are named: <c>req_extensions</c>, or <c>x509_extensions</c> where no request is made of it.</param>
    public static OpenSslConfig Request(
        PlannedCertificate certificate, DistinguishedName subject, ImmutableArray<PlannedExtension> extensions, string key = "req_extensions")
    {
        OpenSslConfig file = OpenSslConfig.For(certificate);
        var sections = new ConfigSections(file, certificate.Replicas is not null);
        sections.WriteRequest(extensions.IsEmpty ? [] : [(key, ConfigSections.Extensions)]);
        sections.WriteSubject(subject);
        if (!extensions.IsEmpty)
        {
            sections.WriteExtensions(extensions);
        }

        return file;
    }

    /// <summary>That of the extensions of a certificate that is signed.</summary>
    /// <param name="certificate">Whose they are.</param>
    /// <param name="template">What it is to say.</param>
    /// <param name="scope">Where its issuer is found.</param>
    /// <param name="keyIdentifier">The shell commands that write an AKI as the issuer has a key identifier or not.</param>
    public static OpenSslConfig Extensions(
        PlannedCertificate certificate, CertificateTemplate template, ScriptScope scope, Func<string[]> keyIdentifier)
    {
        OpenSslConfig file = OpenSslConfig.For(certificate);
        bool isExternal = !certificate.IsSelfSigned && scope.IssuerOf(certificate) is { IsExternal: true } or { Adopted: not null };
        new ConfigSections(file, certificate.Replicas is not null).WriteExtensions(template.Extensions, isExternal ? keyIdentifier() : null);
        if (!certificate.IsSelfSigned && !template.Extensions.Any(extension => extension is PlannedExtension.AuthorityKeyIdentifier))
        {
            // OpenSSL 3 would add it. The lines are read wherever their section is named again.
            file.Section(ConfigSections.Extensions);
            file.Commands(keyIdentifier());
        }

        return file;
    }

    /// <summary>Writes what <c>openssl ca</c> reads beside its configuration, and gives the option that a random serial needs.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="folder">Where it looks, empty or ending in a slash.</param>
    /// <param name="table">The serial numbers of replicas, a line each; null where they are drawn.</param>
    public static string[] Database(ScriptText text, SerialNumber serial, string folder, string? table = null)
    {
        text.Line($": >{folder}index.txt");
        switch (serial)
        {
            case SerialNumber.Random when table is not null:
                text.Line($"sed -n \"s/^${Loop.Number} //p\" {ShellQuoting.Quote(table)} >{folder}serial.txt");
                return [];
            case SerialNumber.Random:
                return ["-rand_serial"];
            case SerialNumber.Fixed { Value: var value }:
                text.Line($"echo {StepOptions.Hex(value)} >{folder}serial.txt");
                return [];
            case SerialNumber.OfReplica:
                text.Line($"printf '%08X\\n' \"${Loop.Number}\" >{folder}serial.txt");
                return [];
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
