using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;

namespace Zvonok.Journal.Notices;

/// <summary>The notices' tables as rows and records.</summary>
internal static class NoticeRows
{
    public const string Key = "fact_stream, fact_id, fact_seq, kind, receiver";

    public const string Notice = $"{Key}, state, tries, at, content, trouble";

    public const string Subscription = "account, receiver, since, kinds, low_balance, channel, language, guardian, address, child_name";

    /// <summary>A trouble is cut to so many characters.</summary>
    public const int TroubleLengthMax = 200;

    /// <summary>The rows of a step, with their partition.</summary>
    public static IEnumerable<(int Partition, NoticeRow Row)> Of(IEnumerable<NoticeStep> steps) =>
        steps.SelectMany(step => step.Rows.Select(row => (step.From.Partition, row)));

    /// <summary>What is kept of the notice: nothing once it is delivered.</summary>
    public static string? ContentOf(NoticeRow row) => row.State == NoticeState.Delivered ? null : NoticeCodec.Encode(row.Notice!);

    public static string? TroubleOf(NoticeRow row) => row.State == NoticeState.Delivered ? null : row.Trouble is { Length: > TroubleLengthMax } text ? text[..TroubleLengthMax] : row.Trouble;

    /// <summary>A fact's owner as a stored number: notices tell of accounts and buildings, whose numbers have 64 bits.</summary>
    public static long IdOf(FactKey fact) => (long)fact.Id;

    public static NoticeRow Read(JournalDatabase database, DbDataReader row) => new()
    {
        Key = ReadKey(database, row),
        State = (NoticeState)row.GetInt16(5),
        Tries = row.GetInt32(6),
        At = database.ReadInstant(row, 7),
        Notice = row.IsDBNull(8) ? null : NoticeCodec.Decode(row.GetString(8)),
        Trouble = row.IsDBNull(9) ? null : row.GetString(9),
    };

    public static StandingSubscription ReadSubscription(DbDataReader row) => new(
        new Subscription
        {
            Account = AccountNumber.From(row.GetInt64(0)),
            Kinds = new NoticeKindSet(row.GetInt32(3)),
            LowBalanceBelow = new Money(row.GetInt64(4)),
            Channel = new Channel((ChannelKind)row.GetInt16(5), row.GetString(8)),
            Language = (NoticeLanguage)row.GetInt16(6),
            Guardian = row.GetString(7),
            ChildName = row.IsDBNull(9) ? null : row.GetString(9),
        },
        new FeedPosition(row.GetInt64(2)));

    private static NoticeKey ReadKey(JournalDatabase database, DbDataReader row)
    {
        var (stream, id, seq) = ((FactStream)row.GetInt16(0), row.GetInt64(1), row.GetInt64(2));
        var fact = stream == FactStream.Account ? FactKey.Of(AccountNumber.From(id), seq) : FactKey.Of(new BuildingId((int)id), seq);
        return new NoticeKey(fact, (NoticeKind)row.GetInt16(3), new ReceiverId(database.ReadGuid(row, 4)));
    }
}
