using System.Text.Json;
using Zvonok.Grains.Buildings.Watching;

namespace Zvonok.Journal.Connections;

/// <summary>Who is connected to which silo, and fire inputs that are on, in their tables.</summary>
internal sealed class DeviceLinkStore(JournalDatabase database, Queries queries) : IDeviceLinks
{
    // Whose processes died long ago is known well enough: their devices are silent, or elsewhere.
    private static readonly Duration HubKeptFor = Duration.FromDays(7);

    private const string Seen = """
        insert into device_hub (id, seen_at) values (@hub, @now) on conflict (id) do update set seen_at = excluded.seen_at returning id
        """;

    private const string Forget = "delete from device_hub where seen_at < @long_ago returning id";

    // A stream that ended here says nothing about a later one elsewhere.
    private string Upsert => $"""
        insert into device_link (device, hub, since, gone_at, turns, turned_at)
        select device, @hub, since, gone_at, 0, since from ({database.DeviceLinks}) as link where true
        on conflict (device) do update set hub = excluded.hub, since = excluded.since, gone_at = excluded.gone_at
        where device_link.since < excluded.since or device_link.hub = excluded.hub
        returning device
        """;

    private const string Turns = """
        select link.device, device.building, link.turns, link.turned_at, case when link.turns % 2 = 0 then coalesce(link.gone_at, hub.seen_at, link.since) else link.since end
        from device_link as link
        join device on device.id = link.device
        left join device_hub as hub on hub.id = link.hub
        where case when link.turns % 2 = 0 then coalesce(link.gone_at, hub.seen_at, link.since) < @seen_before else link.gone_at is null and hub.seen_at >= @seen_before end
        order by link.device limit @count
        """;

    public async Task<IReadOnlyList<DeviceId>> Save(Guid hub, Instant now, IReadOnlyCollection<DeviceLink> links) => await queries.Change(async (transaction, deadline) =>
    {
        (string, object)[] whose = [("hub", database.ToDb(hub)), ("now", database.ToDb(now))];
        await Run(transaction, Seen, deadline, whose);
        await Run(transaction, Forget, deadline, ("long_ago", database.ToDb(now - HubKeptFor)));
        if (links.Count == 0) return (true, (List<DeviceId>)[]);
        await Run(transaction, Upsert, deadline, ("hub", database.ToDb(hub)), ("rows", Rows(links)));
        return (true, await queries.Select(
            transaction, $"select gate from fire_input where gate in ({database.Keys})",
            command => database.AddKeys(command, [.. links.Where(link => link.GoneAt is null).Select(link => (long)link.Device.Value)]),
            row => new DeviceId(row.GetInt32(0)), deadline));
    });

    public async Task<Instant> FireOn(DeviceId gate, Instant now) => (await queries.Select(
        "insert into fire_input (gate, on_since) values (@gate, @now) on conflict (gate) do update set on_since = fire_input.on_since returning on_since",
        row => database.ReadInstant(row, 0), ("gate", gate.Value), ("now", database.ToDb(now))))[0];

    public Task FireOff(DeviceId gate) => queries.Select("delete from fire_input where gate = @gate returning gate", row => row.GetInt32(0), ("gate", gate.Value));

    public async Task<IReadOnlyList<DeviceTurn>> ListTurns(Instant seenBefore, int count) => await queries.Select(
        Turns, row => new DeviceTurn(new DeviceId(row.GetInt32(0)), new BuildingId(row.GetInt32(1)), row.GetInt32(2), database.ReadInstant(row, 3), database.ReadInstant(row, 4)),
        ("seen_before", database.ToDb(seenBefore)), ("count", count));

    public Task EndTurn(DeviceTurn turn, Instant now) => queries.Select(
        "update device_link set turns = turns + 1, turned_at = @now where device = @device and turns = @turns returning device", row => row.GetInt32(0),
        ("device", turn.Device.Value), ("turns", turn.Turns), ("now", database.ToDb(now)));

    private Task<List<int>> Run(DbTransaction transaction, string sql, CancellationToken deadline, params (string, object)[] parameters) =>
        queries.Select(transaction, sql, static _ => { }, static _ => 0, deadline, parameters);

    private static string Rows(IReadOnlyCollection<DeviceLink> links) => JsonSerializer.Serialize(
        links.Select(link => new long?[] { link.Device.Value, link.Since.ToUnixTimeMilliseconds(), link.GoneAt?.ToUnixTimeMilliseconds() }));
}
