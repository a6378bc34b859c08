namespace MtlsScenario.Tests.Layering;

/// <summary>
/// The folders of each project, in layers: a folder names only types of the layers above its own, so there is no circle, and
/// what is wrong in a folder can be found in it or above it. The root of a project is the empty name.
/// </summary>
internal static class Layers
{
    /// <summary>The projects by their folder below <c>src</c>, and the layers of each, the one that uses nothing first.</summary>
    public static IReadOnlyDictionary<string, string[][]> Of { get; } = new Dictionary<string, string[][]>
    {
        ["MtlsScenario"] =
        [
            ["Diagnostics", "Model"],
            ["Syntax", "Planning", "X509"],
            ["Seeding"],
            ["Binding", "Files", "Graphs", "Issuance", "Revocation", "Scripting", "Stores"],
            ["Binding/Checks", "Configs", "Faults", "Graphs/Drawing", "Handshakes", "Reconciling"],
            ["Layouts", "Graphs/Formats", "Rollouts"],
            ["", "Importing"],
        ],
        ["MtlsScenario.Tool"] =
        [
            ["Context"],
            ["Peers"],
            ["CommandLine", "Engines", "Serving"],
            ["Probing/Schemes", "Shells", "Trials"],
            ["Probing"],
            ["Reporting"],
            ["Pages"],
            ["Commands"],
            [""],
        ],
    };
}
