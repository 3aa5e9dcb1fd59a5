using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Lists;

[Collection(nameof(OneSilo))]
[Trait("Rule", "O1")]
public sealed class ListTests(OneSilo silo)
{
    private const DeviceKind Gate = DeviceKind.Gate;
    private const DeviceKind Till = DeviceKind.Till;

    private readonly TestCluster _cluster = silo.Cluster;

    private uint KeyId => _cluster.Part<ListKeys>().Newest.Id;

    [Fact]
    public async Task A_device_without_a_list_has_the_whole_one_and_then_what_has_changed()
    {
        var (school, number) = await NewSchool(meal: 50_000);
        var list = (await Fetch(school, Till, 0)).List.ShouldNotBeNull();
        list.Holders.ShouldHaveSingleItem().Cards.ShouldHaveSingleItem().State.ShouldBe(CardState.Active);

        Pass(seconds: 5);
        (await Fetch(school, Till, list.Version)).Delta.ShouldNotBeNull().ShouldSatisfyAllConditions(
            nothing => nothing.Version.ShouldBe(list.Version),
            nothing => nothing.Holders.ShouldBeEmpty(),
            nothing => (nothing.MadeAt - list.MadeAt).ShouldBe(Duration.FromSeconds(5), "that nothing has changed makes it younger"));

        var versions = new List<OfflineList> { list };
        for (var n = 0; n < 3; n++)
        {
            await _cluster.Register(Given.CardRow(Given.Token(silo.Next()), number, school));
            Pass(seconds: 5);
            versions.Add(Applied(versions[^1], await Fetch(school, Till, versions[^1].Version)));
            versions[^1].Holders[0].Cards.Length.ShouldBe(2 + n);
        }

        foreach (var version in versions) Applied(version, await Fetch(school, Till, version.Version)).Digest.ShouldBe(versions[^1].Digest);
        (await Fetch(school, Till, list.Version - 1)).List.ShouldNotBeNull().Version.ShouldBe(versions[^1].Version, "what it does not know needs the whole list");
    }

    [Fact]
    public async Task A_building_is_looked_at_no_more_often_than_every_few_seconds_however_many_ask()
    {
        var (school, number) = await NewSchool();
        var list = (await Fetch(school, Gate, 0)).List!;
        await _cluster.Register(Given.CardRow(Given.Token(silo.Next()), number, school));

        Pass(seconds: 4);
        (await Fetch(school, Gate, list.Version)).Delta!.Version.ShouldBe(list.Version);
        Pass(seconds: 1);
        (await Fetch(school, Gate, list.Version)).Delta!.Version.ShouldBeGreaterThan(list.Version);
    }

    [Fact]
    [Trait("Rule", "C4")]
    public async Task What_was_seen_before_a_card_changed_is_old_at_once()
    {
        var (school, number) = await NewSchool();
        var list = (await Fetch(school, Gate, 0)).List!;
        await _cluster.Register(Given.CardRow(Given.Token(silo.Next()), number, school));

        Pass(seconds: 1);
        (await Fetch(school, Gate, list.Version)).Delta!.Version.ShouldBe(list.Version);
        await Grain(school).Outdate();

        (await Fetch(school, Gate, list.Version)).Delta!.Version.ShouldBeGreaterThan(list.Version);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task What_is_sold_reaches_tills_when_it_leaves_less_than_policy_allows_and_gates_never()
    {
        var (school, number) = await NewSchool(meal: 50_000);
        await _cluster.Part<IOfflinePolicies>().Set(new OfflinePolicy(school, new Money(30_000)));
        var (till, gate) = ((await Fetch(school, Till, 0)).List!, (await Fetch(school, Gate, 0)).List!);
        till.Holders[0].Allowance.Total.ShouldBe(new Money(30_000));

        await Sell(number, 20_000);
        Pass(seconds: 5);
        (await Fetch(school, Till, till.Version)).Delta!.Version.ShouldBe(till.Version, "there is as much left as policy allows");
        await Sell(number, 10_000);
        Pass(seconds: 5);
        var poorer = Applied(till, await Fetch(school, Till, till.Version));

        poorer.Holders[0].Allowance.Total.ShouldBe(new Money(20_000));
        (await Fetch(school, Gate, gate.Version)).Delta!.Version.ShouldBe(gate.Version);
        gate.Holders[0].Handle.ShouldBe(till.Holders[0].Handle);
        gate.Holders[0].Cards.ShouldBe(till.Holders[0].Cards);
    }

    [Fact]
    [Trait("Rule", "M5")]
    public async Task A_meal_that_was_had_is_on_the_list_no_longer()
    {
        var (school, number) = await NewSchool();
        var lunches = new EntitlementList(new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), new WeekdaySet(0xFE), new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31)));
        (await _cluster.Account(number).Change(Given.EntitlementChange(_cluster.NextId(), lunches))).Refusal.ShouldBe(AccountRefusal.None);
        var list = (await Fetch(school, Till, 0)).List!;
        (list.Holders[0].Meals, list.Holders[0].NextMeals).ShouldBe((MealSet.Of(MealKind.Lunch), MealSet.Of(MealKind.Lunch)));

        (await _cluster.Account(number).Redeem(Given.Redemption(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);
        Pass(seconds: 5);

        var after = Applied(list, await Fetch(school, Till, list.Version)).Holders[0];
        (after.Meals, after.NextMeals).ShouldBe((MealSet.None, MealSet.Of(MealKind.Lunch)));
    }

    [Fact]
    public async Task A_list_that_nothing_has_changed_keeps_its_version_when_its_grain_wakes_up_again()
    {
        var (school, number) = await NewSchool();
        var list = (await Fetch(school, Till, 0)).List!;

        await _cluster.Deactivate(Grain(school));
        Pass(seconds: 5);
        (await Fetch(school, Till, list.Version)).Delta.ShouldNotBeNull().Version.ShouldBe(list.Version);

        await _cluster.Deactivate(Grain(school));
        await _cluster.Register(Given.CardRow(Given.Token(silo.Next()), number, school));
        (await Fetch(school, Till, list.Version)).List.ShouldNotBeNull("nobody knows any longer what has changed").Version.ShouldBeGreaterThan(list.Version);
    }

    [Fact]
    public async Task Whoever_knows_a_version_that_the_database_has_lost_gets_a_later_one()
    {
        var (school, _) = await NewSchool();
        var lost = (await Fetch(school, Till, 0)).List!.Version + 3;

        Pass(seconds: 5);

        (await Fetch(school, Till, lost)).List.ShouldNotBeNull().Version.ShouldBeGreaterThan(lost);
        (await Fetch(school, Till, long.MaxValue)).List.ShouldNotBeNull("nobody can know a version of the future");
    }

    [Fact]
    public async Task There_is_no_list_under_another_key_nor_of_another_building()
    {
        var (school, _) = await NewSchool();

        (await Grain(school).Fetch(Till, unchecked(KeyId + 1), 0)).ShouldBeNull();
        (await Grain(new BuildingId(silo.Next())).Fetch(Till, KeyId, 0)).ShouldBeNull();
        await _cluster.Gone(Grain(school));
    }

    private IListGrain Grain(BuildingId building) => _cluster.Part<IGrainFactory>().GetGrain<IListGrain>(building.Value);

    private async Task<ListUpdate> Fetch(BuildingId building, DeviceKind audience, long known) => (await Grain(building).Fetch(audience, KeyId, known)).ShouldNotBeNull();

    private async Task<(BuildingId School, AccountNumber Number)> NewSchool(long meal = 0)
    {
        var school = await silo.NewBuilding();
        var number = await silo.NewAccount(meal);
        await _cluster.Register(Given.CardRow(Given.Token(silo.Next()), number, school));
        return (school, number);
    }

    private async Task Sell(AccountNumber number, long total) => (await _cluster.Account(number).Sell(Given.Sale(_cluster.NextId(), total), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);

    private void Pass(int seconds) => _cluster.Clock.Advance(Duration.FromSeconds(seconds));

    private static OfflineList Applied(OfflineList list, ListUpdate update)
    {
        var (outcome, applied) = ListDeltas.Apply(list, update.Delta.ShouldNotBeNull());
        outcome.ShouldBe(ListApplication.Applied);
        return applied;
    }
}
