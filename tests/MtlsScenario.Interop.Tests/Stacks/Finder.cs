using MtlsScenario.Tool.Trials;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>What finds the stacks for all tests of a class, so that runtimes are started once for them.</summary>
public sealed class Finder : IAsyncLifetime
{
    /// <summary>The stacks.</summary>
    internal StackSelector Stacks { get; } = new(Stack.Context(Path.GetTempPath()));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Stacks.DisposeAsync();
}
