namespace Zvonok.Api.Tests.Servers;

/// <summary>One server for the tests that leave it as they found it; each works with pupils of its own.</summary>
[CollectionDefinition(nameof(World))]
public sealed class World : ICollectionFixture<World>, IAsyncLifetime
{
    /// <summary>Lists that are looked at again soon. Devices that have hung up are missed by nobody: tests count passages. Channels that families may subscribe to; nobody of this world does and lets something happen, so nothing is sent.</summary>
    private static readonly (string, string)[] Settings =
    [
        ("Zvonok:Lists:FreshSeconds", "1"),
        ("Zvonok:Connections:SilentSeconds", "86400"),
        ("Zvonok:Notices:Smtp:Host", "127.0.0.1"),
        ("Zvonok:Notices:Smtp:From", "school@example.org"),
        ("Zvonok:Notices:Webhook:Hosts:0", "app.example.org"),
        ("Zvonok:Notices:Webhook:KeyId", "k1"),
        ("Zvonok:Notices:Webhook:Keys:k1", new string('a', 64)),
    ];

    public Server Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await Server.Start(Settings);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
