using Npgsql;
using Zvonok.Domain.Cards;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Postgres;

namespace Zvonok.Load.Reads;

/// <summary>
/// Writes a month's history by the journal's own statements, in transactions as large as its own are at most, while no silo runs: without indexes, which are built
/// afterwards, and without waiting for the disk. Then the tables are what autovacuum makes of them in a month.
/// </summary>
internal sealed class MonthWriter(string connectionString, City city, SchoolMonth month, TokenKey key)
{
    /// <summary>The journal's <c>BatchSizeMax</c>.</summary>
    public const int AppendsPerTransaction = 1_000;

    private static readonly string[] Filled = ["entry", "passage", "top_up_reference"];

    public async Task Write(CancellationToken stop)
    {
        var indexes = await Indexes.TakeAway(connectionString, Filled, stop);
        await Terminal.Show("Writing the month", month.EntryCount + month.PassageCount, done => WriteBoth(new Sum(done), stop));
        await Terminal.Show("Building indexes", indexes.Count, done => indexes.Build(done, stop));
        await Terminal.Show("Vacuum", 1, _ => Execute(CloseDays, "vacuum (freeze, analyze)", stop));
    }

    private Task WriteBoth(Sum done, CancellationToken stop) => Task.WhenAll(
        Task.Run(() => Write(new Ledgers(city, month).Write().Select(append => new PendingAppend(append)), done, stop), stop),
        Task.Run(() => Write(new Gates(city, month, key).Write().Select(append => new PendingAppend(append)), done, stop), stop));

    private async Task Write(IEnumerable<PendingAppend> appends, Sum done, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 1,
            CommandTimeout = 0,
            Options = "-c synchronous_commit=off",
        }.ConnectionString);
        await using var store = new PostgresStore(source);
        // The next batch is decided while this one is written.
        var committing = Task.CompletedTask;
        foreach (var batch in appends.Chunk(AppendsPerTransaction))
        {
            await committing;
            done.Add(batch.Length);
            committing = store.Commit(batch, stop);
        }

        await committing;
    }

    // As the caretaker did it every night.
    private string CloseDays => $"insert into day_close (building, day, closed_at) select id, day, day + interval '1 day 4 hours' from building, unnest(array[{
        string.Join(", ", month.Days.Select(day => $"date '{NodaTime.Text.LocalDatePattern.Iso.Format(day)}'"))}]) as day on conflict do nothing";

    private async Task Execute(string first, string second, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        foreach (var sql in (string[])[first, second])
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    // Two writers, one bar.
    private sealed class Sum(IProgress<long> done)
    {
        private long _sum;

        public void Add(int count) => done.Report(Interlocked.Add(ref _sum, count));
    }
}
