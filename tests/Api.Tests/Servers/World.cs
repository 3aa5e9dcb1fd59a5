namespace Zvonok.Api.Tests.Servers;

/// <summary>One server for the tests that leave it as they found it; each works with pupils of its own.</summary>
[CollectionDefinition(nameof(World))]
public sealed class World : ICollectionFixture<World>, IAsyncLifetime
{
    public Server Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await Server.Start();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
