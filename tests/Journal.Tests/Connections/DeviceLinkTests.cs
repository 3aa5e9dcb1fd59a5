using Zvonok.Grains.Buildings.Watching;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Connections;

/// <summary>Who is connected to which silo, as far as it outlives silos (S4), and fire inputs that are on (S1).</summary>
[Collection(OnEveryStore.Name)]
public sealed class DeviceLinkTests(Databases databases)
{
    private static readonly Guid Here = new("0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
    private static readonly Guid There = new("0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c");
    private static readonly DeviceId Gate = new(601);
    private static readonly DeviceId Other = new(602);
    private static readonly Instant Nine = Instant.FromUtc(2026, 9, 1, 6, 0);

    [Theory, EveryStore]
    [Trait("Rule", "S4")]
    public async Task A_device_is_there_as_long_as_its_hub_lives_and_silent_since_it_left_or_its_hub_was_seen_last(Store store)
    {
        await using var journal = await Open(store);
        await journal.Links.Save(Here, At(0), [new(Gate, At(0), null), new(Other, At(0), null)]);
        await journal.Links.Save(Here, At(50), []);
        (await journal.Links.ListTurns(At(49), 10)).ShouldBeEmpty();

        await journal.Links.Save(Here, At(60), [new(Gate, At(0), At(55))]);
        (await journal.Links.ListTurns(At(58), 10)).ShouldBe([new DeviceTurn(Gate, Given.School, 0, At(0), At(55))]);
        (await journal.Links.ListTurns(At(61), 10)).ShouldBe([new DeviceTurn(Gate, Given.School, 0, At(0), At(55)), new DeviceTurn(Other, Given.School, 0, At(0), At(60))]);
        (await journal.Links.ListTurns(At(61), 1)).Count.ShouldBe(1);
    }

    [Theory, EveryStore]
    [Trait("Rule", "S4")]
    public async Task A_turn_is_named_once_and_what_comes_next_has_another_name(Store store)
    {
        await using var journal = await Open(store);
        await journal.Links.Save(Here, At(0), [new(Gate, At(0), At(1))]);
        var silent = (await journal.Links.ListTurns(At(90), 10)).ShouldHaveSingleItem();

        for (var times = 0; times < 2; times++) await journal.Links.EndTurn(silent, At(100));
        (await journal.Links.ListTurns(At(110), 10)).ShouldBeEmpty();
        await journal.Links.Save(There, At(120), [new(Gate, At(119), null)]);
        var back = (await journal.Links.ListTurns(At(60), 10)).ShouldHaveSingleItem();

        back.ShouldBe(new DeviceTurn(Gate, Given.School, 1, At(100), At(119)));
        (silent.News.IsSilent, back.News.IsSilent).ShouldBe((true, false));
        silent.News.Operation.ShouldNotBe(back.News.Operation);
        await journal.Links.EndTurn(back, At(121));
        (await journal.Links.ListTurns(At(60), 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    [Trait("Rule", "S4")]
    public async Task What_an_earlier_hub_says_late_changes_nothing(Store store)
    {
        await using var journal = await Open(store);
        await journal.Links.Save(There, At(20), [new(Gate, At(10), null)]);

        await journal.Links.Save(Here, At(20), [new(Gate, At(0), At(10))]);
        (await journal.Links.ListTurns(At(15), 10)).ShouldBeEmpty();
        await journal.Links.Save(Here, At(90), []);

        // The hub that counts was seen at 20.
        (await journal.Links.ListTurns(At(30), 10)).ShouldBe([new DeviceTurn(Gate, Given.School, 0, At(10), At(20))]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "S4")]
    public async Task A_device_that_nobody_knows_any_more_is_not_missed(Store store)
    {
        await using var journal = await Open(store);

        await journal.Links.Save(Here, At(0), [new(new DeviceId(999), At(0), At(1))]);

        (await journal.Links.ListTurns(At(100), 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    [Trait("Rule", "S1")]
    public async Task A_fire_input_is_on_since_it_was_switched_on_until_it_is_off(Store store)
    {
        await using var journal = await Open(store);

        (await journal.Links.FireOn(Gate, At(1))).ShouldBe(At(1));
        (await journal.Links.FireOn(Gate, At(2))).ShouldBe(At(1));
        (await journal.Links.Save(Here, At(3), [new(Gate, At(3), null), new(Other, At(3), null)])).ShouldBe([Gate]);
        (await journal.Links.Save(Here, At(4), [new(Gate, At(3), At(4))])).ShouldBeEmpty();
        for (var times = 0; times < 2; times++) await journal.Links.FireOff(Gate);

        (await journal.Links.Save(Here, At(5), [new(Gate, At(5), null)])).ShouldBeEmpty();
        (await journal.Links.FireOn(Gate, At(6))).ShouldBe(At(6));
    }

    [Theory, EveryStore]
    public async Task A_storm_of_connections_is_written_in_a_few_messages(Store store)
    {
        await using var journal = await Open(store);

        await journal.Links.Save(Here, At(0), [.. Enumerable.Range(1, 1_000).Select(device => new DeviceLink(new DeviceId(device), At(0), device % 2 == 0 ? At(1) : null))]);

        (await journal.Number("select count(*) from device_link")).ShouldBe(1_000);
        (await journal.Number("select count(*) from device_link where gone_at is null")).ShouldBe(500);
    }

    private async Task<TestJournal> Open(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(
            new Zvonok.Grains.Registry.BuildingRow(1, new BuildingProfile(Given.School, "Europe/Moscow")),
            new Zvonok.Grains.Registry.DeviceRow(2, new Device(Gate, DeviceKind.Gate, Given.School, ContraAccount.None)),
            new Zvonok.Grains.Registry.DeviceRow(3, new Device(Other, DeviceKind.Gate, Given.School, ContraAccount.None)));
        return journal;
    }

    private static Instant At(int second) => Nine + Duration.FromSeconds(second);
}
