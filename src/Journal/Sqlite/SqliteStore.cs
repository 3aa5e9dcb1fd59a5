using Microsoft.Data.Sqlite;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Encoding;

namespace Zvonok.Journal.Sqlite;

/// <summary>
/// Writes a batch as one transaction through prepared statements, in a thread of its own: SQLite works in its caller's
/// thread and waits there for the disk.
/// </summary>
internal sealed class SqliteStore(SqliteSource source) : IJournalStore
{
    // In seconds; well below the deadline, so that a database that another program holds on to is told in time.
    private const int BusyTimeout = 1;

    private readonly OwnThread _thread = new("zvonok-sqlite-writer");
    private Session? _session;

    public Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline) => _thread.Run(() =>
    {
        deadline.ThrowIfCancellationRequested();
        Commit(batch);
    });

    public Task<bool> HasLanded(PendingAppend append, CancellationToken deadline) => _thread.Run(() =>
    {
        deadline.ThrowIfCancellationRequested();
        return HasLanded(append);
    });

    public async ValueTask DisposeAsync()
    {
        await _thread.Run(Close);
        _thread.Dispose();
    }

    private void Commit(IReadOnlyList<PendingAppend> batch)
    {
        try
        {
            Open().Commit(batch);
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode is SqliteErrors.PrimaryKey or SqliteErrors.Unique)
        {
            Rollback();
            // The message names the columns of the key, and nothing else of this schema is unique.
            throw new JournalConflictException(exception.Message.Contains("top_up_reference", StringComparison.Ordinal), exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SqliteErrors.Constraint or SqliteErrors.TooBig or SqliteErrors.Mismatch)
        {
            Rollback();
            throw new JournalPoisonException(exception);
        }
        catch
        {
            Close();
            throw;
        }
    }

    private bool HasLanded(PendingAppend append)
    {
        try
        {
            return Open().HasLanded(append);
        }
        catch
        {
            Close();
            throw;
        }
    }

    private Session Open()
    {
        if (_session is { } session) return session;
        var connection = source.Open();
        connection.DefaultTimeout = BusyTimeout;
        return _session = new Session(connection);
    }

    private void Rollback()
    {
        try
        {
            _session?.Rollback();
        }
        catch (SqliteException)
        {
            // A connection that cannot even roll back is given up; closing it rolls back.
            Close();
        }
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    /// <summary>A connection with its prepared statements.</summary>
    private sealed class Session : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly Statement _begin;
        private readonly Statement _next;
        private readonly Statement _commit;
        private readonly Statement _rollback;
        private readonly Statement _entry;
        private readonly Statement _passage;
        private readonly Statement _reference;
        private readonly Statement _profile;
        private readonly Statement _limits;
        private readonly Statement _checkpoint;
        private readonly Statement _begun;
        private readonly Statement _ended;
        private readonly Statement _placed;
        private readonly Statement _over;

        public Session(SqliteConnection connection)
        {
            _connection = connection;
            _begin = new Statement(connection, "begin immediate", 0);
            _next = new Statement(connection, SqliteFeedSchema.NextTx, 0);
            _commit = new Statement(connection, "commit", 0);
            _rollback = new Statement(connection, "rollback", 0);
            _entry = new Statement(connection, $"insert into entry ({Read.Rows.Entry}, tx) values ({Statement.Places(33)})", 33);
            _passage = new Statement(connection, $"insert into passage ({Read.Rows.Passage}, tx) values ({Statement.Places(25)})", 25);
            _reference = new Statement(connection, $"insert into top_up_reference (provider, reference, account, seq) values ({Statement.Places(4)})", 4);
            _profile = new Statement(
                connection, "update account set is_closed = $2, version = $3, daily_limit = $4, hot_meal_limit = $5, buffet_limit = $6, stop_list = $7, ride_limit = $8, entitlements = $9 where number = $1", 9);
            _limits = new Statement(connection, SqliteRegistryStore.InsertLimits, 7);
            _checkpoint = new Statement(connection, $"insert or replace into presence_checkpoint ({Read.Rows.Checkpoint}) values ({Statement.Places(6)})", 6);
            _begun = new Statement(connection, $"insert into transfer (account, seq, receiver, purse, amount, operation, left_at) values ({Statement.Places(7)})", 7);
            _placed = new Statement(connection, $"insert into preorder ({Read.Rows.Order}) values ({Statement.Places(10)})", 10);
            _over = new Statement(connection, "delete from preorder where account = $1 and seq = $2", 2);
            _ended = new Statement(connection, "delete from transfer where account = $1 and seq = $2", 2);
        }

        public void Commit(IReadOnlyList<PendingAppend> batch)
        {
            _begin.Run();
            var tx = _next.Number();
            foreach (var append in batch)
            {
                if (append.Account is { } account) Write(account, tx);
                if (append.Building is { } building) Write(building, tx);
            }

            _commit.Run();
        }

        public void Rollback() => _rollback.Run();

        public bool HasLanded(PendingAppend append) => Array.TrueForAll(append.Marks, mark => HasLanded(append.Key, mark));

        private bool HasLanded(JournalKey key, RowMark mark)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = key.Stream == JournalStream.Account
                ? "select true from entry where account = $1 and seq = $2 and operation = $3 and event_at = $4 and recorded_at = $5"
                : "select true from passage where building = $1 and seq = $2 and operation = $3 and event_at = $4 and recorded_at = $5";
            command.Parameters.AddWithValue("$1", key.Id);
            command.Parameters.AddWithValue("$2", mark.Seq);
            command.Parameters.AddWithValue("$3", SqliteDatabase.ToBlob(mark.Operation.ToGuid()));
            command.Parameters.AddWithValue("$4", mark.EventAt.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$5", mark.RecordedAt.ToUnixTimeMilliseconds());
            return command.ExecuteScalar() is not null;
        }

        public void Dispose()
        {
            foreach (var statement in (Statement[])[_begin, _next, _commit, _rollback, _entry, _passage, _reference, _profile, _limits, _checkpoint, _begun, _ended, _placed, _over]) statement.Dispose();
            _connection.Dispose();
        }

        private void Write(AccountAppend append, long tx)
        {
            foreach (var entry in append.Entries) Write(entry, tx);
            if (append.Reference is { } reference)
                _reference.Run(reference.Provider, reference.Reference, append.Entries[0].Account.Value, append.Entries[0].Seq);
            if (append.Profile is { } profile) Write(profile);
            foreach (var order in append.OrdersPlaced) Write(append.Entries[0].Account, order);
            foreach (var seq in append.OrdersEnded) _over.Run(append.Entries[0].Account.Value, seq);
            if (append.Begun is { } begun) Write(begun);
            if (append.Ended is { } ended) _ended.Run(ended.Account.Value, ended.Seq);
        }

        private void Write(AccountNumber account, OpenOrder open) => _placed.Run(
            account.Value, open.Seq, SqliteDatabase.ToBlob(open.Operation.ToGuid()), (long)open.Order.Building.Value, SqliteDatabase.ToNumber(open.Order.Day), (long)open.Order.Meal,
            open.Order.Seller.Code, SaleLineCodec.Encode(open.Order.Lines), open.Order.OrderUntil.ToUnixTimeMilliseconds(), open.Order.IsKept ? 1L : 0L);

        private void Write(OpenTransfer transfer) => _begun.Run(
            transfer.Left.Account.Value, transfer.Left.Seq, transfer.To.Value, (long)transfer.Purse, transfer.Amount.Kopecks,
            SqliteDatabase.ToBlob(transfer.Operation.ToGuid()), transfer.LeftAt.ToUnixTimeMilliseconds());

        private void Write(AccountProfile profile)
        {
            var (daily, hotMeal, buffet) = (profile.DailyLimit?.Kopecks, profile.HotMealLimit?.Kopecks, profile.BuffetLimit?.Kopecks);
            var stopList = StopCodec.Encode(profile.StopList);
            _profile.Run(
                profile.Number.Value, profile.IsClosed ? 1L : 0L, profile.Version, daily, hotMeal, buffet, stopList, profile.RideLimit?.Kopecks, EntitlementCodec.Encode(profile.Entitlements));
            _limits.Run(profile.Number.Value, profile.Version, daily, hotMeal, buffet, stopList, profile.RideLimit?.Kopecks);
        }

        private void Write(Entry entry, long tx) => _entry.Run(
            entry.Account.Value, entry.Seq, SqliteDatabase.ToBlob(entry.Operation.ToGuid()), entry.Fingerprint.Value,
            (long)entry.Kind, (long)entry.Purse, entry.Amount.Kopecks, entry.Contra.Code, entry.MealAfter.Kopecks, entry.TransportAfter.Kopecks,
            SqliteDatabase.ToNumber(entry.LimitDay), entry.SpentOn == LocalDate.MinIsoValue ? null : SqliteDatabase.ToNumber(entry.SpentOn),
            entry.SpentAfter.Kopecks, entry.EventAt.ToUnixTimeMilliseconds(), entry.RecordedAt.ToUnixTimeMilliseconds(),
            entry.MadeUntil.ToUnixTimeMilliseconds(), (long)entry.Device.Value, entry.ReversedSeq == 0 ? null : entry.ReversedSeq, SaleLineCodec.Encode(entry.Lines),
            Read.Rows.NullForNothing(entry.BuffetSpentAfter), Read.Rows.NullForNothing(entry.CreditFloor), StopCodec.Encode(entry.Override), Read.Rows.NullForNone(entry.ReversedLines), Read.Rows.NullForNothing(entry.RidesSpentAfter),
            Read.Rows.NullForNone(entry.Payer), (long?)entry.Meal, entry.RedeemedOn == LocalDate.MinIsoValue ? null : SqliteDatabase.ToNumber(entry.RedeemedOn),
            entry.RedeemedAfter.IsEmpty ? null : (long)entry.RedeemedAfter.Bits, entry.SettledBy?.Value,
            entry.Counterpart?.Account.Value, entry.Counterpart?.Seq, (long?)entry.Marks, tx);

        private void Write(BuildingAppend append, long tx)
        {
            foreach (var passage in append.Passages) Write(passage, tx);
            if (append.Checkpoint is { } checkpoint)
                _checkpoint.Run(
                    (long)checkpoint.Building.Value, checkpoint.Seq, SqliteDatabase.ToNumber(checkpoint.Today), PresenceCodec.EncodeInside(checkpoint), PresenceCodec.EncodePeople(checkpoint),
                    RollCallCodec.Encode(checkpoint.RollCall));
        }

        private void Write(Passage passage, long tx) => _passage.Run(
            (long)passage.Building.Value, passage.Seq, SqliteDatabase.ToBlob(passage.Operation.ToGuid()), passage.Fingerprint.Value,
            (long)passage.Kind, (long)passage.ModeAfter, passage.EventAt.ToUnixTimeMilliseconds(), passage.RecordedAt.ToUnixTimeMilliseconds(),
            passage.MadeUntil.ToUnixTimeMilliseconds(), passage.Account?.Value, passage.Token is { } token ? SqliteDatabase.ToBlob(token.Value) : null, (long?)passage.Direction,
            (long)passage.Outcome, (long)passage.Flag, (long)passage.Refusal, (long)passage.Device.Value,
            passage.Annulment?.Seq, passage.Annulment?.Last is { IsInside: true } inside ? inside.UnixMilliseconds : null, passage.Vouching?.By?.Value, passage.Vouching?.Reason, passage.Escort?.Value,
            passage.Annulment?.Last is { IsInside: false } outside ? outside.UnixMilliseconds : null, ToBlob(passage.Annulment?.Last?.By), ToBlob(passage.Annulment?.Awaited), tx);

        private static byte[]? ToBlob(OperationId? operation) => operation is { } id ? SqliteDatabase.ToBlob(id.ToGuid()) : null;
    }
}
