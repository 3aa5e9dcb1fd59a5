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

    public static NpgsqlBatchCommand Update(AccountProfile profile) => new(
        "update account set daily_limit = $2, is_closed = $3, version = $4 where number = $1")
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = profile.Number.Value },
            new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = (object?)profile.DailyLimit?.Kopecks ?? DBNull.Value },
            new NpgsqlParameter<bool> { TypedValue = profile.IsClosed },
            new NpgsqlParameter<long> { TypedValue = profile.Version },
        },
    };

    public static NpgsqlBatchCommand Upsert(PresenceCheckpoint checkpoint) => new(
        """
        insert into presence_checkpoint (building, seq, today, inside) values ($1, $2, $3, $4)
        on conflict (building) do update set seq = excluded.seq, today = excluded.today, inside = excluded.inside
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<int> { TypedValue = checkpoint.Building.Value },
            new NpgsqlParameter<long> { TypedValue = checkpoint.Seq },
            new NpgsqlParameter<DateOnly> { TypedValue = checkpoint.Today.ToDateOnly() },
            new NpgsqlParameter<byte[]> { TypedValue = PresenceCodec.Encode(checkpoint.Inside) },
        },
    };
}
