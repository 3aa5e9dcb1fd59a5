using Zvonok.Domain.City;
using Zvonok.Grains.City;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.City;

/// <summary>What somebody learns who asks for the city's figures, in whatever way: nothing about anybody.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "S5")]
public sealed class CityFiguresTests(Databases databases) : IClock
{
    private static readonly BuildingId Other = new(7);
    private static readonly DeviceId Till = new(501);

    // 24 hours after the end of the day in Moscow.
    private static readonly Instant Told = Instant.FromUtc(2026, 9, 2, 21, 0);

    private Instant _now = Told;
    private long _seq;

    [Theory, EveryStore]
    public async Task Ten_who_came_are_told_by_building_and_quarter_of_an_hour(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Came(n)).Append(Came(3)));
        await journal.Commit(Enumerable.Range(1, 12).Select(n => Lunch(n, 10_000 + n)));

        (await Ask(journal)).ShouldBe(
        [
            new(Given.School, Given.Morning, CityKind.Came, 10, 11, null),
            new(Given.School, Given.Morning, CityKind.Bought, 12, 12, new Money(120_078)),
        ]);
    }

    [Theory, EveryStore]
    public async Task Nine_and_nobody_look_the_same_and_nothing_is_kept_of_them(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 9).SelectMany(n => new[] { Came(n), Came(n) }));

        (await Ask(journal, Given.School)).ShouldBeEmpty();
        (await Ask(journal, Other)).ShouldBeEmpty();
        (await journal.Number("select count(*) from city_figure")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Asking_again_after_one_more_child_was_uploaded_brings_the_same_answer(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Came(n)).Concat(Enumerable.Range(1, 9).Select(n => Left(n))));
        var first = await Ask(journal);

        // One in time to have counted, and one that comes later.
        await journal.Commit(Came(11), Left(10), Left(11) with { RecordedAt = Told + Duration.FromDays(1) });
        _now += Duration.FromDays(30);

        (await Ask(journal)).ShouldBe(first);
        (await Ask(journal, Given.School)).ShouldBe(first);
    }

    [Theory, EveryStore]
    public async Task What_is_recorded_after_its_day_was_to_be_told_is_in_no_figure_even_if_nobody_has_asked_yet(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Came(n) with { RecordedAt = Told - Duration.FromMilliseconds(1) }).Append(Came(11) with { RecordedAt = Told }));
        _now += Duration.FromDays(30);

        (await Ask(journal)).ShouldBe([new(Given.School, Given.Morning, CityKind.Came, 10, 10, null)]);
    }

    [Theory, EveryStore]
    public async Task A_till_that_moves_to_another_school_takes_none_of_its_past_with_it(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 12).Select(n => Lunch(n, 10_000)));
        var first = await Ask(journal);
        first.Single().Building.ShouldBe(Given.School);

        await journal.Register(new DeviceRow(1, new Device(Till, DeviceKind.Till, Other, Given.Seller)));

        (await Ask(journal)).ShouldBe(first);
        (await Ask(journal, Other)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Of_two_silos_that_work_out_a_day_at_once_the_first_is_told_by_both(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Came(n)));
        List<CityFigure> faster = [];
        var slow = new Slow(journal.City, async () =>
        {
            // Between what the slower one has read and what it keeps, one more child is recorded, and the other silo tells the day.
            await journal.Commit(Came(11));
            faster = await Ask(journal);
        });

        var slower = await new CityFigures(slow, this).Read(Given.Today, null, default).ToListAsync();

        faster.Single().Accounts.ShouldBe(11);
        slower.ShouldBe(faster);
    }

    [Theory, EveryStore]
    public async Task A_day_to_which_something_may_still_come_is_not_told(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Came(n)));
        _now = Told - Duration.FromMilliseconds(1);

        (await Should.ThrowAsync<CityDayOpenException>(() => Ask(journal))).Message.ShouldContain("2026-09-02T21:00:00Z");
        (await journal.City.IsKept(Given.Today)).ShouldBeFalse();
        await Should.ThrowAsync<CityDayOpenException>(() => Ask(journal, day: Given.Today.PlusDays(300)));

        _now = Told;
        (await Ask(journal)).Count.ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task One_child_who_pays_for_a_whole_class_hides_among_ten_and_its_money_is_not_told(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Lunch(n, n == 1 ? 500_000 : 10_000)));

        (await Ask(journal)).ShouldBe([new(Given.School, Given.Morning, CityKind.Bought, 10, 10, null)]);
    }

    [Theory, EveryStore]
    public async Task One_school_asked_for_alone_is_told_as_among_all_others(Store store)
    {
        await using var journal = await Open(store);
        await journal.Commit(Enumerable.Range(1, 10).Select(n => Came(n)).Concat(Enumerable.Range(1, 15).Select(n => Came(n, Other))));
        var all = await Ask(journal);

        all.Select(figure => (figure.Building, figure.Accounts)).ShouldBe([(Other, 15), (Given.School, 10)]);
        foreach (var building in new[] { Other, Given.School }) (await Ask(journal, building)).ShouldBe(all.Where(figure => figure.Building == building));
    }

    [Theory, EveryStore]
    public async Task A_city_without_buildings_has_no_figures_and_keeps_no_day(Store store)
    {
        await using var journal = await databases.Open(store);

        (await Ask(journal)).ShouldBeEmpty();
        (await journal.City.IsKept(Given.Today)).ShouldBeFalse();
    }

    [Theory, EveryStore]
    public async Task The_figures_of_a_large_city_are_kept_and_read_back_as_they_were(Store store)
    {
        await using var journal = await databases.Open(store);
        var figures = Enumerable.Range(1, 500).SelectMany(building => Enumerable.Range(0, 3).Select(n => new CityFigure(
            new BuildingId(building), Given.Morning + Duration.FromMinutes(15 * n), (CityKind)(n + 1), 10 + building, 20 + building, n < 2 ? null : new Money(building * 1_000_000_000L)))).ToList();

        (await journal.City.Keep(Given.Today, figures, Told)).ShouldBeTrue();
        (await journal.City.Keep(Given.Today, [], Told)).ShouldBeFalse();

        (await journal.City.Read(Given.Today, null, default).ToListAsync()).ShouldBe(figures);
        (await journal.City.Read(Given.Today, new BuildingId(500), default).ToListAsync()).ShouldBe(figures[^3..]);
        (await journal.City.Read(Given.Today.PlusDays(1), null, default).ToListAsync()).ShouldBeEmpty();
    }

    Instant IClock.GetCurrentInstant() => _now;

    private async Task<TestJournal> Open(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(
            new BuildingRow(1, Given.Building), new BuildingRow(2, new BuildingProfile(Other, Given.Zone)), new DeviceRow(3, new Device(Till, DeviceKind.Till, Given.School, Given.Seller)));
        return journal;
    }

    private async Task<List<CityFigure>> Ask(TestJournal journal, BuildingId? building = null, LocalDate? day = null) =>
        await new CityFigures(journal.City, this).Read(day ?? Given.Today, building, default).ToListAsync();

    private Passage Came(int child, BuildingId? building = null) => Given.Passage(++_seq, (building ?? Given.School).Value) with { Account = Given.Number(child) };

    private Passage Left(int child) => Came(child) with { Direction = Direction.Out };

    private static Entry Lunch(int child, long kopecks) => Given.Entry(child) with { Kind = EntryKind.Sale, Amount = new Money(-kopecks), Contra = Given.Seller, Device = Till };

    /// <summary>Has read a day's groups, and something else happens before it keeps what it tells of them.</summary>
    private sealed class Slow(ICityLog log, Func<Task> meanwhile) : ICityLog
    {
        public Task<bool> IsKept(LocalDate day) => log.IsKept(day);

        public Task<IReadOnlyList<string>> ListZones() => log.ListZones();

        public IAsyncEnumerable<CityGroup> ReadGroups(string zoneId, Interval happened, Interval recorded, CancellationToken stop) => log.ReadGroups(zoneId, happened, recorded, stop);

        public async Task<bool> Keep(LocalDate day, IReadOnlyCollection<CityFigure> figures, Instant now)
        {
            await meanwhile();
            var isFirst = await log.Keep(day, figures, now);
            isFirst.ShouldBeFalse();
            return isFirst;
        }

        public IAsyncEnumerable<CityFigure> Read(LocalDate day, BuildingId? building, CancellationToken stop) => log.Read(day, building, stop);
    }
}
