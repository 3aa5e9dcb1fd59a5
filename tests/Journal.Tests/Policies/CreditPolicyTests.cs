using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Policies;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "M4")]
public sealed class CreditPolicyTests(Databases databases)
{
    private static readonly BuildingId Other = new(7);

    [Theory, EveryStore]
    public async Task A_till_has_its_schools_floor_else_the_citys_else_none(Store store)
    {
        await using var journal = await Two(store);
        (await Floors(journal)).ShouldBe((0, 0));

        (await journal.Policies.Set(new CreditPolicy(null, new Money(-60_000)))).ShouldBeTrue();
        (await Floors(journal)).ShouldBe((-60_000, -60_000));

        (await journal.Policies.Set(new CreditPolicy(Other, Money.Zero))).ShouldBeTrue();
        (await Floors(journal)).ShouldBe((-60_000, 0));

        (await journal.Policies.Set(new CreditPolicy(Given.School, new Money(-100)))).ShouldBeTrue();
        (await journal.Policies.Set(new CreditPolicy(Given.School, new Money(-200)))).ShouldBeTrue();
        (await Floors(journal)).ShouldBe((-200, 0));

        (await journal.Policies.Remove(Other)).ShouldBeTrue();
        (await journal.Policies.Remove(Other)).ShouldBeTrue();
        (await Floors(journal)).ShouldBe((-200, -60_000));

        (await journal.Policies.Remove(null)).ShouldBeTrue();
        (await Floors(journal)).ShouldBe((-200, 0));
    }

    [Theory, EveryStore]
    public async Task A_school_that_nobody_registered_has_no_policy(Store store)
    {
        await using var journal = await Two(store);

        (await journal.Policies.Set(new CreditPolicy(new BuildingId(8), new Money(-1)))).ShouldBeFalse();
        (await journal.Policies.Remove(new BuildingId(8))).ShouldBeFalse();

        (await journal.Policies.List(0, 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Policies_are_listed_from_the_city_on_by_building(Store store)
    {
        await using var journal = await Two(store);
        CreditPolicy[] policies = [new(null, new Money(-3)), new(Other, Money.Zero), new(Given.School, new Money(-5))];
        foreach (var policy in policies.Reverse()) await journal.Policies.Set(policy);

        (await journal.Policies.List(0, 10)).ShouldBe(policies);
        (await journal.Policies.List(0, 2)).ShouldBe(policies[..2]);
        (await journal.Policies.List(8, 10)).ShouldBe(policies[2..]);
    }

    private async Task<TestJournal> Two(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(
            new BuildingRow(1, Given.Building), new BuildingRow(2, Given.Building with { Id = Other }),
            new DeviceRow(3, Till(1, Given.School)), new DeviceRow(4, Till(2, Other)));
        return journal;
    }

    private static Device Till(int id, BuildingId building) => new(new DeviceId(id), DeviceKind.Till, building, Given.Seller);

    private static async Task<(long School, long Other)> Floors(TestJournal journal) =>
        ((await journal.Reader.LoadDevice(new DeviceId(1)))!.CreditFloor.Kopecks, (await journal.Reader.LoadDevice(new DeviceId(2)))!.CreditFloor.Kopecks);
}
