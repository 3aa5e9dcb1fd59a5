using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;

namespace Zvonok.Grains.Tests.Alarms;

/// <summary>A log of alarms in memory.</summary>
internal sealed class MemoryAlarms : IAlarmLog
{
    public static readonly BuildingId Building = new(1501);

    private readonly Dictionary<long, (Alarm Alarm, Instant Next)> _alarms = [];

    public int Raises { get; private set; }

    public void Add(long seq, Instant at) => _alarms[seq] = (new Alarm { Building = Building, Seq = seq, Kind = AlarmKind.Forced, EventAt = at, RecordedAt = at }, at);

    public Alarm Get(long seq) => _alarms[seq].Alarm;

    public Task<int> Raise()
    {
        Raises++;
        return Task.FromResult(0);
    }

    public Task<IReadOnlyList<Alarm>> ReadDue(Instant now, int count) =>
        Task.FromResult<IReadOnlyList<Alarm>>([.. Open.Where(row => row.Next <= now).OrderBy(row => row.Next).Take(count).Select(row => row.Alarm)]);

    public Task<(long Count, Instant? Oldest)> CountOpen() => Task.FromResult(((long)Open.Count(), Open.Select(row => (Instant?)row.Alarm.RecordedAt).Min()));

    public Task Sent(Alarm alarm, Instant? receivedAt, Instant next)
    {
        var before = _alarms[alarm.Seq].Alarm;
        if (before.Acknowledgement is null) _alarms[alarm.Seq] = (before with { Tries = before.Tries + 1, ReceivedAt = before.ReceivedAt ?? receivedAt }, next);
        return Task.CompletedTask;
    }

    public Task<Alarm?> Acknowledge(BuildingId building, long seq, Acknowledgement acknowledgement)
    {
        if (!_alarms.TryGetValue(seq, out var row)) return Task.FromResult<Alarm?>(null);
        var after = row.Alarm with { Acknowledgement = row.Alarm.Acknowledgement ?? acknowledgement };
        _alarms[seq] = (after, row.Next);
        return Task.FromResult<Alarm?>(after);
    }

    public Task<IReadOnlyList<Alarm>> List(BuildingId? building, bool openOnly, AlarmPlace? before, int count) => throw new NotSupportedException("Nobody lists here.");

    private IEnumerable<(Alarm Alarm, Instant Next)> Open => _alarms.Values.Where(row => row.Alarm.Acknowledgement is null);
}
