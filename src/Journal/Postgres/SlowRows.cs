using Npgsql;
using Zvonok.Journal.Encoding;

namespace Zvonok.Journal.Postgres;

/// <summary>The rows that few appends carry besides an entry or a passage, each in the same transaction.</summary>
internal static class SlowRows
{
    public static NpgsqlBatchCommand Insert(BankReference reference, Entry entry) => new(
        "insert into top_up_reference (provider, reference, account, seq) values ($1, $2, $3, $4)")
    {
        Parameters =
        {
            new NpgsqlParameter<int> { TypedValue = reference.Provider },
            new NpgsqlParameter<string> { TypedValue = reference.Reference },
            new NpgsqlParameter<long> { TypedValue = entry.Account.Value },
            new NpgsqlParameter<long> { TypedValue = entry.Seq },
        },
    };

    /// <summary>The profile, and that its limits and its stop list hold from the entry of its version on.</summary>
    public static NpgsqlBatchCommand Update(AccountProfile profile) => new(
        """
        with changed as (
            update account set is_closed = $2, version = $3, daily_limit = $4, hot_meal_limit = $5, buffet_limit = $6, stop_list = $7, ride_limit = $8, entitlements = $9 where number = $1
            returning number, version, daily_limit, hot_meal_limit, buffet_limit, stop_list, ride_limit
        )
        insert into limit_change (account, seq, daily, hot_meal, buffet, stop_list, rides) select * from changed
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = profile.Number.Value },
            new NpgsqlParameter<bool> { TypedValue = profile.IsClosed },
            new NpgsqlParameter<long> { TypedValue = profile.Version },
            Amount(profile.DailyLimit),
            Amount(profile.HotMealLimit),
            Amount(profile.BuffetLimit),
            Text(StopCodec.Encode(profile.StopList)),
            Amount(profile.RideLimit),
            Text(EntitlementCodec.Encode(profile.Entitlements)),
        },
    };

    public static NpgsqlBatchCommand Insert(OpenOrder open, AccountNumber account) => new(
        "insert into preorder (account, seq, operation, building, day, meal, seller, lines, order_until, is_kept) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = account.Value },
            new NpgsqlParameter<long> { TypedValue = open.Seq },
            new NpgsqlParameter<Guid> { TypedValue = open.Operation.ToGuid() },
            new NpgsqlParameter<int> { TypedValue = open.Order.Building.Value },
            new NpgsqlParameter<DateOnly> { TypedValue = open.Order.Day.ToDateOnly() },
            new NpgsqlParameter<short> { TypedValue = (short)open.Order.Meal },
            new NpgsqlParameter<long> { TypedValue = open.Order.Seller.Code },
            new NpgsqlParameter<byte[]> { TypedValue = SaleLineCodec.Encode(open.Order.Lines) },
            new NpgsqlParameter<DateTime> { TypedValue = open.Order.OrderUntil.ToDateTimeUtc() },
            new NpgsqlParameter<bool> { TypedValue = open.Order.IsKept },
        },
    };

    public static NpgsqlBatchCommand DeleteOrders(AccountNumber account, long[] seqs) => new("delete from preorder where account = $1 and seq = any($2)")
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = account.Value },
            new NpgsqlParameter<long[]> { TypedValue = seqs },
        },
    };

    public static NpgsqlBatchCommand Insert(OpenTransfer transfer) => new("insert into transfer (account, seq, receiver, purse, amount, operation, left_at) values ($1, $2, $3, $4, $5, $6, $7)")
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = transfer.Left.Account.Value },
            new NpgsqlParameter<long> { TypedValue = transfer.Left.Seq },
            new NpgsqlParameter<long> { TypedValue = transfer.To.Value },
            new NpgsqlParameter<short> { TypedValue = (short)transfer.Purse },
            new NpgsqlParameter<long> { TypedValue = transfer.Amount.Kopecks },
            new NpgsqlParameter<Guid> { TypedValue = transfer.Operation.ToGuid() },
            new NpgsqlParameter<DateTime> { TypedValue = transfer.LeftAt.ToDateTimeUtc() },
        },
    };

    public static NpgsqlBatchCommand DeleteTransfer(EntryKey left) => new("delete from transfer where account = $1 and seq = $2")
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = left.Account.Value },
            new NpgsqlParameter<long> { TypedValue = left.Seq },
        },
    };

    public static NpgsqlBatchCommand Upsert(PresenceCheckpoint checkpoint) => new(
        """
        insert into presence_checkpoint (building, seq, today, inside, people, roll_call) values ($1, $2, $3, $4, $5, $6)
        on conflict (building) do update set seq = excluded.seq, today = excluded.today, inside = excluded.inside, people = excluded.people, roll_call = excluded.roll_call
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<int> { TypedValue = checkpoint.Building.Value },
            new NpgsqlParameter<long> { TypedValue = checkpoint.Seq },
            new NpgsqlParameter<DateOnly> { TypedValue = checkpoint.Today.ToDateOnly() },
            new NpgsqlParameter<byte[]> { TypedValue = PresenceCodec.EncodeInside(checkpoint) },
            new NpgsqlParameter<byte[]> { TypedValue = PresenceCodec.EncodePeople(checkpoint) },
            new NpgsqlParameter<byte[]> { TypedValue = RollCallCodec.Encode(checkpoint.RollCall) },
        },
    };

    private static NpgsqlParameter Text(string? text) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)text ?? DBNull.Value };

    private static NpgsqlParameter Amount(Money? money) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = (object?)money?.Kopecks ?? DBNull.Value };
}
