using System.Runtime.CompilerServices;
using Zvonok.Grains.Reports;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Reports;

/// <summary>Reads reports, a few at a time and on connections of their own. Their failures are theirs alone: they say nothing about whether sales are recorded.</summary>
internal sealed class ReportReader(JournalDatabase database, JournalHealth health, JournalOptions options) : IReports
{
    /// <summary>Reports read at the same time; one more is turned away, so that the database is left to those who write.</summary>
    public const int ReportsMax = 2;

    private int _reports;

    public IAsyncEnumerable<TrialBalanceLine> ReadTrialBalance(CancellationToken stop) =>
        Read(ReportSql.TrialBalance, row => new TrialBalanceLine(ReadSide(row, 0), new Money(row.GetInt64(2))), stop);

    public IAsyncEnumerable<SettlementLine> ReadSettlement(ContraSelection whose, Interval recorded, CancellationToken stop) => Read(
        ReportSql.Settlement,
        row => new SettlementLine(ContraAccount.FromCode(row.GetInt64(0)), (EntryKind)row.GetInt16(1), ReadSide(row, 2), row.GetInt64(4), new Money(row.GetInt64(5))),
        stop,
        ("first", whose.First), ("last", whose.Last), ("from", database.ToDb(recorded.Start)), ("until", database.ToDb(recorded.End)));

    public IAsyncEnumerable<ClaimsLine> ReadClaims(ContraAccount? funder, LocalDate first, LocalDate last, CancellationToken stop) => Read(
        ReportSql.Claims,
        row => new ClaimsLine(
            ContraAccount.FromCode(row.GetInt64(0)), new BuildingId(row.GetInt32(1)), database.ReadDate(row, 2), (MealKind)row.GetInt16(3), row.GetInt64(4), new Money(row.GetInt64(5))),
        stop,
        ("funder", funder?.Code ?? 0), ("first", database.ToDb(first)), ("last", database.ToDb(last)));

    public IAsyncEnumerable<ExceptionsLine> ReadExceptions(BuildingId? building, Interval recorded, CancellationToken stop) => Read(
        ReportSql.Exceptions,
        row => new ExceptionsLine(Rows.ReadEntry(database, row), new BuildingId(row.GetInt32(Rows.EntryColumns))),
        stop,
        ("building", building?.Value ?? 0), ("from", database.ToDb(recorded.Start)), ("until", database.ToDb(recorded.End)));

    /// <summary>The rows of a statement, as a report: within its time, and with its place among <see cref="ReportsMax"/>.</summary>
    internal async IAsyncEnumerable<T> Read<T>(
        string sql, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        Enter();
        try
        {
            health.ThrowIfDown();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(options.ReportTimeMax);
            await using var rows = await Try(() => database.ReadAtLength(() => ReportRows.Open(database, sql, parameters, patience.Token)), stop);
            while (await Try(rows.Next, stop)) yield return read(rows.Current);
        }
        finally
        {
            Interlocked.Decrement(ref _reports);
        }
    }

    private static Side ReadSide(DbDataReader row, int column) => new((Purse)row.GetInt16(column), ContraAccount.FromCode(row.GetInt64(column + 1)));

    private void Enter()
    {
        if (Interlocked.Increment(ref _reports) <= ReportsMax) return;
        Interlocked.Decrement(ref _reports);
        throw new JournalOverloadedException($"{ReportsMax} reports are being read already: ask another silo, or a little later.");
    }

    // What the database says of a statement that was told to give up depends on the database.
    private async Task<T> Try<T>(Func<Task<T>> work, CancellationToken stop)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException or IOException or TimeoutException)
        {
            stop.ThrowIfCancellationRequested();
            throw new JournalUnavailableException(
                $"The reports' database does not answer, or not within {options.ReportSecondsMax} seconds: ask again later, for fewer days if that can be.", exception);
        }
    }
}
