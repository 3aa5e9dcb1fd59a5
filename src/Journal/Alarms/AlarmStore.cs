using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Alarms;

/// <summary>
/// The alarms in their table. They are raised from the feed's order, in the transaction that moves the place up to which it was done: so each once, and none is skipped however late a
/// transaction commits. The few passages among which alarms are have an index of their own, so nobody reads the others.
/// </summary>
internal sealed class AlarmStore(JournalDatabase database, Queries queries) : IAlarmLog
{
    private const string Columns = "building, seq, kind, device, vouched_by, reason, event_at, recorded_at, tries, received_at, acknowledged_at, acknowledged_by, note";

    // More than any transaction of the journal has: the place is always between two of them.
    private const int RaisedAtOnce = 20_000;

    // The horizon is taken before the rows are read: what lies below it is over, committed or not.
    private const string Committed = "kind in (2, 4, 5, 6, 9) and tx > @after and tx < @horizon";

    public async Task<int> Raise()
    {
        if (await queries.Select("select position from alarm_place", row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0)) is [{ } seen]
            && await queries.Select($"select 1 from passage where {Committed} limit 1", row => row.GetInt32(0), ("after", seen), ("horizon", await Horizon())) is [])
            return 0;
        return await queries.Change(async (transaction, deadline) =>
        {
            var place = await queries.Select(
                transaction, $"select position from alarm_place {database.RowLock}", _ => { }, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), deadline);
            var horizon = (await queries.Select(transaction, database.FeedHorizon, _ => { }, row => row.GetInt64(0), deadline))[0];
            var raised = place is [{ } after] ? await Raise(transaction, after, horizon, deadline) : 0;
            await queries.Select(
                transaction, "update alarm_place set position = @position where position is null or position < @position returning position", _ => { }, row => row.GetInt64(0), deadline,
                ("position", horizon - 1));
            return (true, raised);
        });
    }

    public async Task<IReadOnlyList<Alarm>> ReadDue(Instant now, int count) => await queries.Select(
        $"select {Columns} from alarm where acknowledged_at is null and next_at <= @now order by next_at limit @count", Read, ("now", database.ToDb(now)), ("count", count));

    public async Task<(long Count, Instant? Oldest)> CountOpen() => (await queries.Select(
        "select count(*), min(recorded_at) from alarm where acknowledged_at is null", row => (row.GetInt64(0), ReadTime(row, 1))))[0];

    public Task Sent(Alarm alarm, Instant? receivedAt, Instant next) => queries.Select(
        $"""
        update alarm set tries = tries + 1, next_at = @next{(receivedAt is null ? "" : ", received_at = coalesce(received_at, @received)")}
        where building = @building and seq = @seq and acknowledged_at is null returning seq
        """,
        row => row.GetInt64(0),
        [("next", database.ToDb(next)), .. Key(alarm.Building, alarm.Seq), .. receivedAt is { } at ? [("received", database.ToDb(at))] : Array.Empty<(string, object)>()]);

    public Task<Alarm?> Acknowledge(BuildingId building, long seq, Acknowledgement acknowledgement) => queries.Change<Alarm?>(async (transaction, deadline) =>
    {
        await queries.Select(
            transaction,
            $"""
            update alarm set acknowledged_at = @at, acknowledged_by = {(acknowledgement.By is null ? "null" : "@by")}, note = @note
            where building = @building and seq = @seq and acknowledged_at is null returning seq
            """,
            _ => { }, row => row.GetInt64(0), deadline,
            [
                ("at", database.ToDb(acknowledgement.At)), ("note", acknowledgement.Note), .. Key(building, seq),
                .. acknowledgement.By is { } by ? [("by", by.Value)] : Array.Empty<(string, object)>(),
            ]);
        var alarm = await queries.Select(transaction, $"select {Columns} from alarm where building = @building and seq = @seq", _ => { }, Read, deadline, Key(building, seq));
        return (true, alarm is [var found] ? found : null);
    });

    public async Task<IReadOnlyList<Alarm>> List(BuildingId? building, bool openOnly, AlarmPlace? before, int count)
    {
        var where = new List<string> { "true" };
        var parameters = new List<(string, object)> { ("count", count) };
        if (openOnly) where.Add("acknowledged_at is null");
        if (building is { } id)
        {
            where.Add("building = @id");
            parameters.Add(("id", id.Value));
        }

        if (before is not null)
        {
            where.Add("(recorded_at, building, seq) < (@recorded, @building, @seq)");
            parameters.AddRange([("recorded", database.ToDb(before.RecordedAt)), .. Key(before.Building, before.Seq)]);
        }

        return await queries.Select(
            $"select {Columns} from alarm where {string.Join(" and ", where)} order by recorded_at desc, building desc, seq desc limit @count", Read, [.. parameters]);
    }

    private async Task<long> Horizon() => (await queries.Select(database.FeedHorizon, row => row.GetInt64(0)))[0];

    private async Task<int> Raise(DbTransaction transaction, long after, long horizon, CancellationToken deadline)
    {
        var passages = await queries.Select(
            transaction, $"select {Rows.Passage} from passage where {Committed} order by tx limit @count", _ => { }, row => Rows.ReadPassage(database, row), deadline,
            ("after", after), ("horizon", horizon), ("count", RaisedAtOnce));
        if (passages.Count == RaisedAtOnce) throw new InvalidOperationException($"{RaisedAtOnce} passages may be alarms since {after}: nobody reads so many. Set alarm_place.position to the feed's end.");
        var raised = 0;
        foreach (var alarm in passages.Select(AlarmRules.Raise).OfType<Alarm>()) raised += await Insert(transaction, alarm, deadline);
        return raised;
    }

    private async Task<int> Insert(DbTransaction transaction, Alarm alarm, CancellationToken deadline) => (await queries.Select(
        transaction,
        $"""
        insert into alarm (building, seq, kind, device, vouched_by, reason, event_at, recorded_at, tries, next_at)
        values (@building, @seq, @kind, @device, {(alarm.By is null ? "null" : "@by")}, @reason, @event, @recorded, 0, @recorded)
        on conflict (building, seq) do nothing returning seq
        """,
        _ => { }, row => row.GetInt64(0), deadline,
        [
            .. Key(alarm.Building, alarm.Seq), ("kind", (short)alarm.Kind), ("device", alarm.Device.Value), ("reason", alarm.Reason), ("event", database.ToDb(alarm.EventAt)),
            ("recorded", database.ToDb(alarm.RecordedAt)), .. alarm.By is { } by ? [("by", by.Value)] : Array.Empty<(string, object)>(),
        ])).Count;

    private static (string, object)[] Key(BuildingId building, long seq) => [("building", building.Value), ("seq", seq)];

    private Alarm Read(DbDataReader row) => new()
    {
        Building = new BuildingId(row.GetInt32(0)),
        Seq = row.GetInt64(1),
        Kind = (AlarmKind)row.GetInt16(2),
        Device = new DeviceId(row.GetInt32(3)),
        By = ReadAccount(row, 4),
        Reason = row.GetString(5),
        EventAt = database.ReadInstant(row, 6),
        RecordedAt = database.ReadInstant(row, 7),
        Tries = row.GetInt32(8),
        ReceivedAt = ReadTime(row, 9),
        Acknowledgement = ReadTime(row, 10) is { } at ? new Acknowledgement(at, ReadAccount(row, 11), row.GetString(12)) : null,
    };

    private Instant? ReadTime(DbDataReader row, int column) => row.IsDBNull(column) ? null : database.ReadInstant(row, column);

    private static AccountNumber? ReadAccount(DbDataReader row, int column) => row.IsDBNull(column) ? null : AccountNumber.From(row.GetInt64(column));
}
