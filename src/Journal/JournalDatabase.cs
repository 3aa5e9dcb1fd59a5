namespace Zvonok.Journal;

/// <summary>
/// What a store is made of, and how its database differs from the other in types and in the few statements that standard
/// SQL cannot say. Everything else is said once, for both.
/// </summary>
internal abstract class JournalDatabase : IAsyncDisposable
{
    /// <summary>For messages: <c>PostgreSQL</c> or <c>SQLite</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Pooled connections for reading.</summary>
    public abstract DbDataSource Source { get; }

    /// <summary>Steps of the schema; a database of version n has had the first n.</summary>
    public abstract IReadOnlyList<string> SchemaSteps { get; }

    /// <summary>Upgrades the schema; safe when several programs start at once.</summary>
    public abstract Task UpgradeSchema(ILogger logger, CancellationToken stop);

    /// <summary>Connections of the feed: apart from the others, so that readers who catch up take none from those who wait at a gate.</summary>
    public virtual DbDataSource FeedSource => Source;

    /// <summary>Connections of reports: they only read, and their server ends what takes too long, even when nobody is left to say so.</summary>
    public virtual DbDataSource ReportSource => Source;

    /// <summary>Connections of histories and reports: apart too, so that families take none from those who wake up at a gate or a till.</summary>
    public virtual DbDataSource HistorySource => Source;

    /// <summary>A query for one number: what was written by a transaction with a smaller one is committed, or never will be.</summary>
    public abstract string FeedHorizon { get; }

    /// <summary>A statement that a transaction with facts of the feed begins with; null when it needs none.</summary>
    public abstract string? CountFeedTransaction { get; }

    /// <summary>What a fact of the feed has for its transaction, as an expression of an <c>insert</c>.</summary>
    public abstract string FeedTransaction { get; }

    /// <summary>Transactions of the journal that may run at the same time.</summary>
    public abstract int Writers { get; }

    /// <summary>The writing half, with a connection of its own; one for each of <see cref="Writers"/>.</summary>
    public abstract Commit.IJournalStore CreateStore();

    /// <summary>The registry's statements.</summary>
    public abstract Registry.IRegistryStore CreateRegistryStore();

    /// <summary>The notices' statements.</summary>
    public abstract Notices.INoticeStore CreateNoticeStore();

    /// <summary>How a transaction begins that reads what it then writes.</summary>
    public abstract System.Data.IsolationLevel WriteIsolation { get; }

    /// <summary>What a query ends with that holds its rows until the transaction is over; empty where a transaction has the whole database.</summary>
    public abstract string RowLock { get; }

    /// <summary>True when waiting may help: the server is not there yet, as against a wrong password.</summary>
    public abstract bool IsUnreachable(Exception exception);

    /// <summary>A query expression with one column <c>key</c>: the keys of the parameter <c>@keys</c>.</summary>
    public abstract string Keys { get; }

    /// <summary>The same for tokens.</summary>
    public abstract string TokenKeys { get; }

    /// <summary>The same for bank references, with two columns, <c>provider</c> and <c>reference</c>.</summary>
    public abstract string ReferenceKeys { get; }

    /// <summary>A condition on <c>card</c>: the parameter <c>@building</c> is among its further buildings, or a rule that allows something is about it. By an index; what rules deny may be among what is found.</summary>
    public abstract string HasFurther { get; }

    /// <summary>What stands behind <c>from</c> for the accounts of <c>@keys</c>: each by its key, also where so many are asked for that the planner would rather read the whole table.</summary>
    public virtual string AccountsOfKeys => $"account where number in ({Keys})";
    /// <summary>A query expression with the columns <c>device</c>, <c>since</c> and <c>gone_at</c>: the rows of the parameter <c>@rows</c>, which is JSON with times in Unix milliseconds.</summary>
    public abstract string DeviceLinks { get; }

    /// <summary>An expression: when the quarter of an hour began in which <c>event_at</c> lies, counted from the parameter <c>@from</c>.</summary>
    public abstract string QuarterOfEvent { get; }

    /// <summary>The newest entries of each account in <c>@keys</c>, at most <c>@count</c> each, newest first within an account.</summary>
    public abstract string NewestEntries { get; }

    /// <summary>The passages of each building in <c>@keys</c> after its checkpoint, oldest first within a building.</summary>
    public abstract string PassagesSinceCheckpoint { get; }

    /// <summary>Binds <c>@keys</c>.</summary>
    public abstract void AddKeys(DbCommand command, IReadOnlyList<long> keys);

    /// <summary>Binds <c>@keys</c>.</summary>
    public abstract void AddKeys(DbCommand command, IReadOnlyList<CardToken> tokens);

    /// <summary>Binds <c>@keys</c> of <see cref="ReferenceKeys"/>.</summary>
    public abstract void AddKeys(DbCommand command, IReadOnlyList<BankReference> references);

    public abstract object ToDb(Guid value);

    public abstract object ToDb(Instant value);

    public abstract object ToDb(LocalDate value);

    public abstract Guid ReadGuid(DbDataReader row, int column);

    public abstract Instant ReadInstant(DbDataReader row, int column);

    public abstract LocalDate ReadDate(DbDataReader row, int column);

    /// <summary>Reads where it holds up nobody, however long it takes.</summary>
    public virtual Task<T> ReadApart<T>(Func<Task<T>> read) => read();

    /// <summary>The same for what takes so long that not even the feed should wait for it.</summary>
    public virtual Task<T> ReadAtLength<T>(Func<Task<T>> read) => read();

    /// <summary>Ends the statement that runs on a connection, where the driver does not do it when it is told to give up.</summary>
    public virtual void Interrupt(DbConnection connection)
    {
    }

    /// <summary>Tells the programs that listen that something was committed. Nothing depends on it.</summary>
    public virtual Task Notify(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Calls <paramref name="heard"/> whenever a program tells of a commit; ends only by failing.</summary>
    public virtual Task Listen(Action heard, CancellationToken stop) => Task.Delay(Timeout.Infinite, stop);

    /// <summary>Knocks.</summary>
    public async Task Ping(CancellationToken deadline)
    {
        await using var connection = await Source.OpenConnectionAsync(deadline);
        await using var command = connection.CreateCommand();
        command.CommandText = "select 1";
        await command.ExecuteScalarAsync(deadline);
    }

    public virtual async ValueTask DisposeAsync() => await Source.DisposeAsync();
}
