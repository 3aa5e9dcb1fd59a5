using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;
using Zvonok.Journal.Alarms;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Alarms;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "S4")]
public sealed class AlarmLogTests(Databases databases)
{
    private static readonly Instant Now = Given.Morning;

    [Theory, EveryStore]
    public async Task Of_what_is_committed_each_alarm_is_raised_once_and_none_of_the_time_before_there_were_alarms(Store store)
    {
        await using var journal = await databases.Open(store);
        var log = Log(journal);
        await journal.Commit(Passage(1, PassageKind.Forced));
        (await log.Raise()).ShouldBe(0, "it begins now");

        await journal.Commit(Passage(2, PassageKind.Tap), Passage(3, PassageKind.Forced), Passage(4, PassageKind.ModeChange, BuildingMode.Evacuation), Passage(5, PassageKind.ModeChange));
        (await log.Raise()).ShouldBe(2);
        (await log.Raise()).ShouldBe(0);
        await journal.Commit(Passage(6, PassageKind.Tap));
        (await Log(journal).Raise()).ShouldBe(0);

        (await log.List(null, openOnly: true, null, 10)).Select(alarm => (alarm.Seq, alarm.Kind)).ShouldBe([(4, AlarmKind.Evacuation), (3, AlarmKind.Forced)], ignoreOrder: true);
        (await log.CountOpen()).Count.ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task Two_caretakers_at_once_raise_each_alarm_once(Store store)
    {
        await using var journal = await databases.Open(store);
        var logs = Enumerable.Range(0, 4).Select(_ => Log(journal)).ToList();
        await logs[0].Raise();
        await journal.Commit(Enumerable.Range(1, 50).Select(seq => Passage(seq, PassageKind.Tampered)));

        var raised = await Task.WhenAll(logs.Select(log => log.Raise()));

        raised.Sum().ShouldBe(50);
        (await journal.Number("select count(*) from alarm")).ShouldBe(50);
    }

    [Theory, EveryStore]
    public async Task An_alarm_is_due_at_once_and_again_until_it_is_acknowledged_and_who_was_first_was(Store store)
    {
        await using var journal = await databases.Open(store);
        var log = Log(journal);
        await log.Raise();
        var passage = Passage(1, PassageKind.Forced) with { Device = new DeviceId(601), Vouching = new Vouching(Given.Number(77), "Smoke") };
        await journal.Commit(passage);
        await log.Raise();
        var alarm = (await log.ReadDue(passage.RecordedAt, 10)).ShouldHaveSingleItem();
        alarm.ShouldBe(AlarmRules.Raise(passage));
        var later = passage.RecordedAt + Duration.FromMinutes(1);

        await log.Sent(alarm, null, later);
        (await log.ReadDue(passage.RecordedAt, 10)).ShouldBeEmpty();
        await log.Sent(alarm, Now, later);
        await log.Sent(alarm, Now + Duration.FromHours(1), later);
        (await log.ReadDue(later, 10)).ShouldHaveSingleItem().ShouldBe(alarm with { Tries = 3, ReceivedAt = Now });

        var first = new Acknowledgement(Now, Given.Number(7), "Seen");
        (await log.Acknowledge(Given.School, 1, first)).ShouldNotBeNull().Acknowledgement.ShouldBe(first);
        (await log.Acknowledge(Given.School, 1, new Acknowledgement(later, null, ""))).ShouldNotBeNull().Acknowledgement.ShouldBe(first);
        await log.Sent(alarm, later, later);
        (await log.ReadDue(later, 10)).ShouldBeEmpty();
        (await log.List(null, openOnly: true, null, 10)).ShouldBeEmpty();
        (await log.List(null, openOnly: false, null, 10)).ShouldHaveSingleItem().Tries.ShouldBe(3);
        (await log.CountOpen()).ShouldBe((0, null));
        (await log.Acknowledge(Given.School, 404, first)).ShouldBeNull();
    }

    [Theory, EveryStore]
    public async Task Alarms_are_listed_the_last_first_page_by_page_of_one_building_or_all(Store store)
    {
        await using var journal = await databases.Open(store);
        var log = Log(journal);
        await log.Raise();
        for (var n = 1; n <= 3; n++)
            foreach (var building in (int[])[1501, 1502])
                await journal.Commit(Passage(n, PassageKind.Forced, building: building) with { RecordedAt = Now + Duration.FromMinutes(n) });
        await log.Raise();
        await log.Acknowledge(Given.School, 3, new Acknowledgement(Now, null, ""));

        var first = await log.List(null, openOnly: false, null, 4);
        var second = await log.List(null, openOnly: false, PlaceOf(first[^1]), 4);

        first.Concat(second).Select(alarm => (alarm.Building.Value, alarm.Seq)).ShouldBe([(1502, 3), (1501, 3), (1502, 2), (1501, 2), (1502, 1), (1501, 1)]);
        (await log.List(Given.School, openOnly: true, null, 10)).Select(alarm => alarm.Seq).ShouldBe([2, 1]);
    }

    private static AlarmStore Log(TestJournal journal) => new(journal.Database, new Queries(journal.Database, journal.Database.Source, journal.Health, "alarms"));

    private static AlarmPlace PlaceOf(Alarm alarm) => new(alarm.RecordedAt, alarm.Building, alarm.Seq);

    private static Passage Passage(long seq, PassageKind kind, BuildingMode mode = BuildingMode.Normal, int building = 1501) => Given.Passage(seq, building) with { Kind = kind, ModeAfter = mode, Account = null, Token = null };
}
