using Zvonok.Domain.Lists;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Policies;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "O2")]
public sealed class OfflinePolicyTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task Policies_are_set_replaced_taken_away_and_listed_from_the_city_on(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));

        (await journal.Offline.Set(new OfflinePolicy(Given.School, new Money(1)))).ShouldBeTrue();
        (await journal.Offline.Set(new OfflinePolicy(Given.School, new Money(20_000)))).ShouldBeTrue();
        (await journal.Offline.Set(new OfflinePolicy(null, Money.Zero))).ShouldBeTrue();
        (await journal.Offline.List(0, 10)).ShouldBe([new OfflinePolicy(null, Money.Zero), new OfflinePolicy(Given.School, new Money(20_000))]);
        (await journal.Offline.List(0, 1)).ShouldBe([new OfflinePolicy(null, Money.Zero)]);
        (await journal.Offline.List(1, 10)).ShouldBe([new OfflinePolicy(Given.School, new Money(20_000))]);

        for (var times = 0; times < 2; times++) (await journal.Offline.Remove(Given.School)).ShouldBeTrue();
        (await journal.Offline.Remove(null)).ShouldBeTrue();
        (await journal.Offline.List(0, 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_school_that_nobody_registered_has_no_policy(Store store)
    {
        await using var journal = await databases.Open(store);

        (await journal.Offline.Set(new OfflinePolicy(Given.School, new Money(1)))).ShouldBeFalse();
        (await journal.Offline.Remove(Given.School)).ShouldBeFalse();
        (await journal.Offline.List(0, 10)).ShouldBeEmpty();
    }
}
