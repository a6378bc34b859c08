using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MtlsScenario.Interop.Tests.Packaging;

/// <summary>What the packages say of where they come from.</summary>
public sealed class SupplyTests(Packages packages) : IClassFixture<Packages>
{
    [Fact]
    public void Each_package_lists_what_it_was_built_of()
    {
        foreach (ZipArchive package in Open())
        {
            using Stream stream = package.GetEntry("bom.cdx.json")!.Open();
            JsonElement bill = JsonDocument.Parse(stream).RootElement;
            string name = bill.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString()!;
            string[] components = [.. bill.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("name").GetString()!)];

            Assert.Equal("CycloneDX", bill.GetProperty("bomFormat").GetString());
            Assert.NotNull(package.GetEntry($"{name}.nuspec"));
            Assert.Contains("BouncyCastle.Cryptography", components);
            Assert.Contains("YamlDotNet", components);
            Assert.Equal(name != "MtlsScenario", components.Contains("Spectre.Console.Ansi"));
        }
    }

    [Fact]
    public void No_file_of_a_package_names_a_folder_of_the_machine_that_built_it()
    {
        byte[][] traces = [Encoding.UTF8.GetBytes(Packages.Repository), Encoding.Unicode.GetBytes(Packages.Repository)];
        int sources = 0;
        foreach (ZipArchive package in Open())
        {
            foreach (ZipArchiveEntry entry in package.Entries)
            {
                byte[] content = Read(entry);
                Assert.All(traces, trace => Assert.True(content.AsSpan().IndexOf(trace) < 0, entry.FullName));
                if (entry.Name is "MtlsScenario.dll" or "mtls-scenario.dll")
                {
                    string[] own = [.. SourcesOf(content)];
                    sources += own.Length;
                    Assert.All(own, source => Assert.StartsWith("/_", source, StringComparison.Ordinal));
                }
            }
        }

        // The library, and the tool that any machine runs, with a copy of it.
        Assert.True(sources > 500, $"{sources} sources");
    }

    private IEnumerable<ZipArchive> Open()
    {
        string[] files = Directory.GetFiles(packages.Folder, "*.nupkg");
        Assert.Equal(4, files.Length);
        foreach (string file in files)
        {
            using ZipArchive package = ZipFile.OpenRead(file);
            yield return package;
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The files that a program was compiled of, by its embedded symbols.</summary>
    private static IEnumerable<string> SourcesOf(byte[] program)
    {
        using var reader = new PEReader(ImmutableArray.Create(program));
        DebugDirectoryEntry embedded = reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = reader.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        MetadataReader symbols = provider.GetMetadataReader();
        return [.. symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name))];
    }
}
