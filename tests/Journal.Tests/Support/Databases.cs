using Npgsql;

namespace Zvonok.Journal.Tests.Support;

/// <summary>The databases of all tests on stores: one PostgreSQL server, a database and a directory for each test.</summary>
public sealed class Databases : IAsyncLifetime
{
    private const string Template = "zvonok_template";

    // What is not about time does not fail on a busy machine.
    private const int PatientMilliseconds = 10_000;

    // Tests write little: with this both writers of a journal have work.
    private const int CrowdMin = 2;

    private readonly string _home = Path.Combine(Path.GetTempPath(), $"zvonok-journal-tests-{Guid.NewGuid():N}");
    private int _count;

    internal TemporaryPostgres Postgres { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Postgres = await TemporaryPostgres.Start();
        Directory.CreateDirectory(_home);
        // Tests copy a database that has its tables: faster than to make them each time.
        await using var template = new TestJournal(new JournalOptions { ConnectionString = await Postgres.CreateDatabase(Template) });
        await template.Prepare();
    }

    public async Task DisposeAsync()
    {
        await Postgres.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    /// <summary>A running journal on an empty database of its own.</summary>
    internal async Task<TestJournal> Open(Store store, WrapStore? wrap = null)
    {
        var options = await NewDatabase(store, store == Store.Postgres ? Template : null);
        var journal = new TestJournal(options, wrap);
        await journal.Prepare();
        journal.Writer.Start();
        return journal;
    }

    /// <summary>Settings that lead to a database of its own; without a template not even the tables are there.</summary>
    internal async Task<JournalOptions> NewDatabase(Store store, string? template = null)
    {
        var name = $"test{Interlocked.Increment(ref _count)}";
        if (store == Store.Sqlite) return new JournalOptions { DataDirectory = Path.Combine(_home, name), DeadlineMilliseconds = PatientMilliseconds };

        await using var connection = new NpgsqlConnection(Postgres.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name} template {template ?? "template0"}", connection);
        await create.ExecuteNonQueryAsync();
        return new JournalOptions { ConnectionString = Postgres.ConnectionString(name), DeadlineMilliseconds = PatientMilliseconds, CrowdMin = CrowdMin };
    }
}

/// <summary>Tests that share the PostgreSQL server.</summary>
[CollectionDefinition(Name)]
public sealed class OnEveryStore : ICollectionFixture<Databases>
{
    public const string Name = "On every store";
}

/// <summary>Tests that stop a server of their own, or measure: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
