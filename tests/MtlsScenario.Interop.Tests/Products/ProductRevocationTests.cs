using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Databases and the like that check CRLs, as they are configured.</summary>
public sealed class ProductRevocationTests
{
    [Theory]
    [InlineData(nameof(ConfigProgram.Postgres))]
    [InlineData(nameof(ConfigProgram.MySql))]
    public async Task Who_is_revoked_or_may_be_is_turned_away(string program)
    {
        List<string> answers = [];
        foreach (CrlCase one in CrlCase.For(program).Where(one => one.Name is "good" or "the leaf is revoked" or "the upper list is missing").DistinctBy(one => one.Name))
        {
            await using ProductServer server = await ProductServer.StartAsync(Product.Of(program), crls: one);
            answers.Add($"{one.Name}: {await server.CallAsync(new Caller("amy", "amy_client"))}");
        }

        Assert.Equal([$"good: {Answer.LetIn}", $"the leaf is revoked: {Answer.TurnedAway}", $"the upper list is missing: {Answer.TurnedAway}"], answers);
    }
}
