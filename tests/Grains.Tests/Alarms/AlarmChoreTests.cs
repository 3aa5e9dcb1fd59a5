using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Alarms;

[Trait("Rule", "S4")]
public sealed class AlarmChoreTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly MemoryAlarms _log = new();
    private readonly Centre _centre = new();
    private readonly AlarmMetrics _metrics = new();
    private readonly AlarmChore _chore;

    public AlarmChoreTests()
    {
        _clock.Set(Given.Morning);
        _chore = Chore(new AlarmOptions { Urls = { "https://a.example.org/", "https://b.example.org/" } });
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task An_alarm_is_sent_again_and_to_the_next_address_until_it_is_acknowledged()
    {
        _log.Add(1, Given.Morning);
        foreach (var second in Enumerable.Range(0, 200)) await At(second);

        // At once, each minute while nobody acknowledges, and after two minutes to the next address.
        _centre.Sent.ShouldBe([(1, 0), (1, 0), (1, 1), (1, 1)]);
        await _log.Acknowledge(MemoryAlarms.Building, 1, new Acknowledgement(Given.Morning, Given.Number(7), "Seen"));
        await At(1_000);
        _centre.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_nobody_took_is_tried_again_within_seconds()
    {
        _log.Add(1, Given.Morning);
        _centre.Answer = AlarmReceipt.Failed;
        foreach (var second in Enumerable.Range(0, 11)) await At(second);

        _centre.Sent.Count.ShouldBe(3);
        _log.Get(1).ReceivedAt.ShouldBeNull();
        _centre.Answer = AlarmReceipt.Received;
        await At(15);
        _log.Get(1).ShouldSatisfyAllConditions(alarm => alarm.ReceivedAt.ShouldBe(Given.Morning + Duration.FromSeconds(15)), alarm => alarm.Tries.ShouldBe(4));
    }

    [Fact]
    public async Task What_the_alarm_centre_acknowledges_is_sent_no_more()
    {
        _log.Add(1, Given.Morning);
        _centre.Answer = AlarmReceipt.Acknowledged;
        foreach (var second in Enumerable.Range(0, 300)) await At(second);

        _centre.Sent.ShouldHaveSingleItem();
        _log.Get(1).Acknowledgement.ShouldBe(new Acknowledgement(Given.Morning, null, ""));
    }

    [Fact]
    public async Task Without_an_address_alarms_are_raised_and_kept()
    {
        _log.Add(1, Given.Morning);

        await Chore(new AlarmOptions()).Do(CancellationToken.None);

        _log.Raises.ShouldBe(1);
        _centre.Sent.ShouldBeEmpty();
    }

    private AlarmChore Chore(AlarmOptions options) => new(_log, _centre, Options.Create(options), _metrics, _clock, NullLogger<AlarmChore>.Instance);

    private async Task At(int second)
    {
        _clock.Set(Given.Morning + Duration.FromSeconds(second));
        await _chore.Do(CancellationToken.None);
    }

    private sealed class Centre : IAlarmSender
    {
        public AlarmReceipt Answer { get; set; } = AlarmReceipt.Received;

        public List<(long Seq, int Level)> Sent { get; } = [];

        public Task<AlarmReceipt> Send(Alarm alarm, int level, CancellationToken stop)
        {
            Sent.Add((alarm.Seq, level));
            return Task.FromResult(Answer);
        }
    }
}
