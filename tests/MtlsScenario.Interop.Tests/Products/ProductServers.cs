using System.Collections.Concurrent;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>One server of each product, started by the first test that calls it.</summary>
[CollectionDefinition(nameof(ProductServers))]
public sealed class ProductServers : IAsyncLifetime, ICollectionFixture<ProductServers>
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ProductServer>>> _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Lazy<Task<ProductServer>> server in _servers.Values)
        {
            try
            {
                await (await server.Value).DisposeAsync();
            }
            catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException or Requirements.MissingException)
            {
                // It did not start, which its tests have said.
            }
        }
    }

    /// <summary>The server of that program.</summary>
    internal Task<ProductServer> OfAsync(string program) =>
        _servers.GetOrAdd(program, name => new Lazy<Task<ProductServer>>(() => ProductServer.StartAsync(Product.Of(name)))).Value;
}
