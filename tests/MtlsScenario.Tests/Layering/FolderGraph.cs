using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsScenario.Tests.Layering;

/// <summary>That a file names a type that another file of its project declares.</summary>
/// <param name="File">The file, below <c>src</c>.</param>
/// <param name="Declares">The file that declares the type.</param>
/// <param name="Type">The type.</param>
internal sealed record TypeReference(string File, string Declares, string Type);

/// <summary>Which file uses which, by the types that its code names; comments do not count.</summary>
internal static class FolderGraph
{
    /// <summary>What the SDK puts into every file of a project.</summary>
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>The source files below <c>src</c>, by their paths there with slashes between.</summary>
    public static IReadOnlyDictionary<string, string> Sources(string src) => Directory
        .EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
        .Select(file => (File: file, Path: Path.GetRelativePath(src, file).Replace(Path.DirectorySeparatorChar, '/')))
        .Where(source => !source.Path.Split('/').Any(part => part is "bin" or "obj"))
        .OrderBy(source => source.Path, StringComparer.Ordinal)
        .ToDictionary(source => source.Path, source => File.ReadAllText(source.File), StringComparer.Ordinal);

    /// <summary>Every type of another file that a file names, each once.</summary>
    public static IReadOnlyList<TypeReference> References(IReadOnlyDictionary<string, string> sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "structure",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Value, path: source.Key))
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, path: "")),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(file => !Path.GetFileName(file).StartsWith("MtlsScenario", StringComparison.Ordinal))
                .Select(file => MetadataReference.CreateFromFile(file)));
        return
        [
            .. compilation.SyntaxTrees.AsParallel().AsOrdered()
                .SelectMany(tree => ReferencesOf(tree, compilation.GetSemanticModel(tree)).Distinct()),
        ];
    }

    /// <summary>The project of a source file: its first folder.</summary>
    public static string ProjectOf(string path) => path[..path.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The folder of a source file in its project: <c>Graphs/Drawing</c>; empty for the root.</summary>
    public static string FolderOf(string path)
    {
        int start = ProjectOf(path).Length + 1;
        int end = path.LastIndexOf('/');
        return end < start ? "" : path[start..end];
    }

    private static IEnumerable<TypeReference> ReferencesOf(SyntaxTree tree, SemanticModel model)
    {
        IEnumerable<SimpleNameSyntax> names = tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>();
        foreach (SimpleNameSyntax name in names)
        {
            INamedTypeSymbol? type = model.GetSymbolInfo(name).Symbol switch
            {
                INamedTypeSymbol named => named,
                IMethodSymbol { IsExtensionMethod: true } extension => extension.ContainingType,
                _ => null,
            };
            string? declares = type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
            if (declares is { Length: > 0 } && declares != tree.FilePath && ProjectOf(declares) == ProjectOf(tree.FilePath))
            {
                yield return new TypeReference(tree.FilePath, declares, type!.Name);
            }
        }
    }
}
