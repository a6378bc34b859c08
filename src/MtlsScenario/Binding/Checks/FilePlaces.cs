using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports <c>external</c>, <c>adopted</c> and <c>files</c> where there are several of a thing (<c>replicas</c>, or <c>files</c> with <c>folders: by-party</c>), and files that are named for two things.</summary>
internal static class FilePlaces
{
    public static void Check(BoundScenario scenario, FolderLayout folders, FaultList faults)
    {
        bool isPlaced = false;
        foreach (BoundCertificate certificate in scenario.Certificates)
        {
            isPlaced |= certificate.Fields["files"] is not null;
            foreach (string key in new[] { "external", "adopted", "files" })
            {
                if (certificate.Fields[key] is { } field && (certificate.Replicas is not null || (key == "files" && folders == FolderLayout.ByParty)))
                {
                    faults.Error(
                        field.Position,
                        DiagnosticCodes.OneOfAKind,
                        $"{key} does not go with {(certificate.Replicas is not null ? "replicas" : "folders: by-party")}",
                        certificate.Replicas is not null ? "describe it as a party of its own" : "leave folders out");
                }
            }
        }

        if (isPlaced && folders == FolderLayout.Flat && !faults.HasErrors)
        {
            CheckPaths(scenario, faults);
        }
    }

    /// <summary>One file holds one thing; only what is alike may share one.</summary>
    private static void CheckPaths(BoundScenario scenario, FaultList faults)
    {
        var holders = new Dictionary<string, (string Content, string Label, bool IsProvided)>(StringComparer.OrdinalIgnoreCase);
        var written = scenario.Authorities.Select(authority => (
                authority.Certificate, FileNames.Stem(authority.Model), authority.Model.Files, authority.Model.IsExternal,
                Trusts: Array.Empty<string>(), Formats: Array.Empty<FormatKind>()))
            .Concat(scenario.PartyCertificates.Select(pair => (
                pair.Use.Certificate, FileNames.Stem(pair.Party.Model, pair.Use.Model.Role), pair.Use.Model.Files, pair.Use.Model.IsExternal,
                Trusts: pair.Use.Model.Trusts.ToArray(), Formats: pair.Use.Model.Formats.Select(format => format.Kind).ToArray())));
        foreach ((BoundCertificate certificate, string stem, CertificatePlaces? files, bool isExternal, string[] trusts, FormatKind[] formats) in written)
        {
            string crt = files?.Certificate ?? stem + FileNames.Suffix(ArtifactKind.Certificate);
            (string Path, string Content)[] own =
            [
                (crt, "crt:" + stem),
                (files?.Key ?? stem + FileNames.Suffix(ArtifactKind.Key), "key:" + stem),
                .. isExternal ? [] : new[] { (files?.Request ?? stem + FileNames.Suffix(ArtifactKind.Request), "csr:" + stem) },
                .. files?.Chain is { } chain ? [(chain, chain == crt ? "crt:" + stem : "chain:" + stem)] : Array.Empty<(string, string)>(),
                .. files?.Trust is { } trust ? [(trust, trusts is [var only] ? "crt:" + only : "trust:" + string.Join(' ', trusts))] : Array.Empty<(string, string)>(),
            ];

            // What is provided is not written, but for formats of it.
            var all = own.Select(file => (file.Path, file.Content, IsProvided: isExternal))
                .Concat(from format in formats from kind in FileNames.FilesOf(format) select (stem + FileNames.Suffix(kind), $"format {kind}:{stem}", IsProvided: false));
            foreach ((string path, string content, bool isProvided) in all)
            {
                if (!holders.TryAdd(path, (content, certificate.Label, isProvided)) && holders[path] is var first && first.Content != content && !(first.IsProvided && isProvided))
                {
                    faults.Error(
                        certificate.Fields.PositionOf("files"),
                        DiagnosticCodes.FileCollision,
                        $"the file {VisibleText.Quoted(path)} of {certificate.Label} is also that of {first.Label}",
                        "name another file");
                }
            }
        }
    }
}
