using Zvonok.Journal.Sqlite;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Schema;

[Collection(OnEveryStore.Name)]
public sealed class SchemaTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task The_tables_are_made_from_nothing_and_made_again_they_keep_what_they_hold(Store store)
    {
        await using var journal = new TestJournal(await databases.NewDatabase(store));
        journal.Writer.Start();
        await journal.Prepare();
        await journal.Commit(Given.Entry());

        await journal.Prepare();

        (await journal.Number("select count(*) from entry")).ShouldBe(1);
        (await Version(journal, store)).ShouldBe(journal.Database.SchemaSteps.Count);
    }

    [Theory, EveryStore]
    public async Task Programs_that_start_at_the_same_time_wait_for_one_another(Store store)
    {
        var options = await databases.NewDatabase(store);
        var journals = Enumerable.Range(0, 6).Select(_ => new TestJournal(options)).ToList();

        await Task.WhenAll(journals.Select(journal => Task.Run(() => journal.Prepare())));

        (await Version(journals[0], store)).ShouldBe(journals[0].Database.SchemaSteps.Count);
        journals[5].Writer.Start();
        await journals[5].Commit(Given.Entry());
        foreach (var journal in journals) await journal.DisposeAsync();
    }

    [Theory, EveryStore]
    public async Task A_database_of_a_newer_program_stops_the_start_and_says_what_to_do(Store store)
    {
        await using var journal = new TestJournal(await databases.NewDatabase(store));
        await journal.Prepare();
        await journal.Sql(store == Store.Postgres ? "insert into schema_version (version) values (99)" : "pragma user_version = 99");

        var failure = await Should.ThrowAsync<JournalStartException>(journal.Prepare());

        failure.Message.ShouldBe(
            $"{Setting(store)}: {journal.Database.Name} cannot be used: The database has schema version 99, this program knows {journal.Database.SchemaSteps.Count}: start a newer program.");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_stops_the_start_and_names_the_setting()
    {
        await using var journal = new TestJournal(new JournalOptions { ConnectionString = databases.Postgres.ConnectionString("no_such_database") });

        var failure = await Should.ThrowAsync<JournalStartException>(journal.Prepare());

        failure.Message.ShouldStartWith("ConnectionStrings:Zvonok: PostgreSQL cannot be used:");
        failure.Message.ShouldContain("no_such_database");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_stops_the_start_and_names_the_setting()
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var journal = new TestJournal(new JournalOptions { DataDirectory = file });
            (await Should.ThrowAsync<JournalStartException>(journal.Prepare())).Message.ShouldStartWith("Zvonok:DataDirectory: SQLite cannot be used:");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start_and_names_the_setting()
    {
        var options = await databases.NewDatabase(Store.Sqlite);
        Directory.CreateDirectory(options.DataDirectory);
        await File.WriteAllTextAsync(Path.Combine(options.DataDirectory, SqliteDatabase.FileName), new string('x', 5_000));
        await using var journal = new TestJournal(options);

        (await Should.ThrowAsync<JournalStartException>(journal.Prepare())).Message.ShouldStartWith("Zvonok:DataDirectory: SQLite cannot be used:");
    }

    [Theory, EveryStore]
    public async Task A_commit_is_on_the_disk_when_it_returns(Store store)
    {
        await using var journal = await databases.Open(store);
        await using var connection = await journal.Database.Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();

        if (store == Store.Postgres)
        {
            command.CommandText = "select current_setting('synchronous_commit') || ' ' || current_setting('fsync')";
            (await command.ExecuteScalarAsync()).ShouldBe("on on");
        }
        else
        {
            // 2 is FULL.
            command.CommandText = "select (select synchronous from pragma_synchronous) || ' ' || (select journal_mode from pragma_journal_mode)";
            (await command.ExecuteScalarAsync()).ShouldBe("2 wal");
        }
    }

    private static string Setting(Store store) => store == Store.Postgres ? "ConnectionStrings:Zvonok" : "Zvonok:DataDirectory";

    private static Task<long> Version(TestJournal journal, Store store) =>
        journal.Number(store == Store.Postgres ? "select max(version) from schema_version" : "pragma user_version");
}
