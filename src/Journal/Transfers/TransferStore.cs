using Zvonok.Grains.Transfers;

namespace Zvonok.Journal.Transfers;

/// <summary>The open transfers in their table.</summary>
internal sealed class TransferStore(JournalDatabase database, Queries queries) : ITransferLog
{
    private const string Columns = "account, seq, receiver, purse, amount, operation, left_at";

    public async Task<OpenTransfer?> Find(EntryKey left) =>
        await queries.Select($"select {Columns} from transfer where account = @account and seq = @seq", Read, Key(left)) is [var open] ? open : null;

    public async Task<bool> HasOpen(AccountNumber from) =>
        (await queries.Select("select seq from transfer where account = @account limit 1", row => row.GetInt64(0), ("account", from.Value))).Count > 0;

    public Task End(EntryKey left) => queries.Select("delete from transfer where account = @account and seq = @seq returning account", row => row.GetInt64(0), Key(left));

    public async Task<OpenTransfers> List(int count)
    {
        // The count is of the same moment as the rows.
        var rows = await queries.Select(
            $"select {Columns}, (select count(*) from transfer) from transfer order by left_at, account, seq limit @count", row => (Transfer: Read(row), Count: row.GetInt64(7)), ("count", count));
        return new OpenTransfers(rows is [var first, ..] ? first.Count : 0, [.. rows.Select(row => row.Transfer)]);
    }

    private static (string, object)[] Key(EntryKey left) => [("account", left.Account.Value), ("seq", left.Seq)];

    private OpenTransfer Read(DbDataReader row) => new(
        new EntryKey(AccountNumber.From(row.GetInt64(0)), row.GetInt64(1)),
        AccountNumber.From(row.GetInt64(2)),
        (Purse)row.GetInt16(3),
        new Money(row.GetInt64(4)),
        OperationId.FromGuid(database.ReadGuid(row, 5)),
        database.ReadInstant(row, 6));
}
