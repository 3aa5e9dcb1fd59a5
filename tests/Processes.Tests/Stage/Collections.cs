// Two at a time where a test only starts programs: one of them alone leaves a processor idle.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Zvonok.Processes.Tests.Stage;

/// <summary>The tests that have the machine to themselves: silos, a database and a crowd of clients are enough at a time. Each makes a database of its own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WithPostgres : ICollectionFixture<PostgresFixture>
{
    public const string Name = "with a PostgreSQL server";
}

/// <summary>Silos that do not get as far as to serve.</summary>
[CollectionDefinition(Name)]
public sealed class Starts : ICollectionFixture<PostgresFixture>
{
    public const string Name = "starts";
}

/// <summary>Verbs, and single silos that nobody hurries.</summary>
[CollectionDefinition(Name)]
public sealed class Verbs : ICollectionFixture<PostgresFixture>
{
    public const string Name = "verbs";
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
