using Zvonok.Processes;

namespace Zvonok.Silo.Tests.Stage;

/// <summary>One PostgreSQL server for all tests; each makes a database of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private TemporaryPostgres? _server;

    public async Task InitializeAsync() => _server = await TemporaryPostgres.Start();

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    public Task<string> NewDatabase() => _server!.CreateDatabase($"d{Guid.NewGuid():N}");
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class WithPostgres : ICollectionFixture<PostgresServer>
{
    public const string Name = "with a PostgreSQL server";
}
