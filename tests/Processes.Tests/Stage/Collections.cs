// Each test has the machine to itself: silos, a database and a crowd of clients are enough at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Zvonok.Processes.Tests.Stage;

/// <summary>The tests that share a PostgreSQL server; each makes a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class WithPostgres : ICollectionFixture<PostgresFixture>
{
    public const string Name = "with a PostgreSQL server";
}

/// <summary>A PostgreSQL server for as long as the tests run.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private TemporaryPostgres? _server;

    public TemporaryPostgres Server => _server ?? throw new InvalidOperationException("The server was not started.");

    public async Task InitializeAsync() => _server = await TemporaryPostgres.Start();

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
