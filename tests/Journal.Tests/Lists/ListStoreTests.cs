using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Lists;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "O1")]
public sealed class ListStoreTests(Databases databases)
{
    private static readonly BuildingId Club = new(2002);
    private static readonly ListName Tills = new(Given.School, DeviceKind.Till, 7);
    private static readonly ListName Gates = Tills with { Audience = DeviceKind.Gate };
    private static readonly ListDigest Digest = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    [Theory, EveryStore]
    public async Task All_cards_that_somebody_may_present_at_a_building_are_read_whether_it_is_their_home_or_not(Store store)
    {
        await using var journal = await Open(store);
        await journal.Register(
            new CardRow(1, Given.Card(1)), new CardRow(2, Given.Card(2, CardState.Lost)), new CardRow(3, Given.Card(3, CardState.Blocked)), new CardRow(4, Given.Card(4, CardState.Issued)),
            new CardRow(5, Given.Card(5, CardState.Destroyed)), new CardRow(6, At(6, Club)), new CardRow(7, At(7, Club, Given.School)), new CardRow(8, At(8, new BuildingId(15010), new BuildingId(150))));

        (await Cards(journal, Given.School)).ShouldBe([1, 2, 3, 7]);
        (await Cards(journal, Club)).ShouldBe([6, 7]);
        (await Cards(journal, new BuildingId(150))).ShouldBe([8], "no building is taken for another whose number begins alike");
    }

    [Theory, EveryStore]
    [Trait("Rule", "P4")]
    public async Task A_card_that_a_rule_lets_in_is_read_there_and_one_that_it_lets_in_everywhere_at_every_building(Store store)
    {
        await using var journal = await Open(store);
        Card With(int n, params AccessRule[] rules) => Given.Card(n) with { Rights = new AccessRights(Club, [], rules) };
        var tuesdays = new AccessRule(IsDeny: false, Given.School, WeekdaySet.Of(IsoDayOfWeek.Tuesday), null, Given.Today);
        await journal.Register(
            new CardRow(1, With(1, tuesdays with { Hours = new HourSpan(900, 1080) })), new CardRow(2, With(2, new AccessRule(IsDeny: true, Given.School))), new CardRow(3, With(3, new AccessRule(IsDeny: false))),
            new CardRow(4, With(4, new AccessRule(IsDeny: true))), new CardRow(5, Given.Card(5) with { Rights = new AccessRights(Given.School, [], [tuesdays, new AccessRule(IsDeny: false)]) }));

        (await Cards(journal, Given.School)).ShouldBe([1, 3, 5]);
        (await Cards(journal, Club)).ShouldBe([1, 2, 3, 4, 5]);
        (await Cards(journal, new BuildingId(150))).ShouldBe([3, 5]);

        await journal.Register(new CardRow(1, With(1)), new CardRow(3, With(3, tuesdays)));
        (await Cards(journal, Given.School)).ShouldBe([3, 5]);
        (await Cards(journal, new BuildingId(150))).ShouldBe([5]);
    }

    [Theory, EveryStore]
    public async Task A_card_that_opens_other_buildings_from_now_on_is_found_at_these(Store store)
    {
        await using var journal = await Open(store);
        await journal.Register(new CardRow(1, At(1, Club, Given.School)), new CardRow(2, At(2, Club)));
        await journal.Register(new CardRow(1, At(1, Club, new BuildingId(150))), new CardRow(2, At(2, Club, Given.School)));

        (await Cards(journal, Given.School)).ShouldBe([2]);
        (await Cards(journal, new BuildingId(150))).ShouldBe([1]);

        await journal.Register(new CardRow(2, At(2, Given.School)));
        (await Cards(journal, Given.School)).ShouldBe([2]);
        await journal.Sql("delete from card");
        (await Cards(journal, Given.School)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Accounts_are_read_as_they_would_wake_up_with_what_is_ordered_at_the_building(Store store)
    {
        await using var journal = await Open(store);
        await journal.Register(new CardRow(1, Given.Card(1)), new CardRow(2, Given.Card(2, serial: 5)));
        await journal.Commit(Given.Entry());
        await journal.Commit(Given.Entry(seq: 2) with
        {
            Kind = EntryKind.Sale, SpentOn = Given.Today, SpentAfter = new Money(700), BuffetSpentAfter = new Money(200), RedeemedOn = Given.Today, RedeemedAfter = MealSet.Of(MealKind.Lunch), MealAfter = new Money(9_300),
        });
        OpenOrder[] orders = [Order(3, Given.School, 0), Order(4, Given.School, 1), Order(5, Given.School, 9), Order(6, Club, 1)];
        foreach (var order in orders)
            (await journal.Writer.Append(new AccountAppend(Given.Entry(seq: order.Seq) with { Kind = EntryKind.Order, MealAfter = new Money(9_300), SpentOn = Given.Today, SpentAfter = new Money(700), BuffetSpentAfter = new Money(200), RedeemedOn = Given.Today, RedeemedAfter = MealSet.Of(MealKind.Lunch) }) { OrdersPlaced = [order] })).ShouldBe(AppendOutcome.Committed);

        var facts = (await Read(journal, Tills)).Facts;

        facts.Accounts.Keys.ShouldBe([Given.Number(), Given.Number(5)], ignoreOrder: true);
        var woken = (await journal.Reader.LoadAccount(Given.Number()))!;
        facts.Accounts[Given.Number()].ShouldBe(AccountState.From(woken.Profile, woken.Newest[0]) with { Orders = facts.Accounts[Given.Number()].Orders });
        facts.Accounts[Given.Number()].Orders.ShouldBe(orders[..2], ignoreOrder: true);
        (facts.Accounts[Given.Number(5)].Seq, facts.Accounts[Given.Number(5)].Orders.Length).ShouldBe((0, 0));

        var gates = (await Read(journal, Gates)).Facts.Accounts[Given.Number()];
        (gates.Profile.Kind, gates.Seq, gates.Meal, gates.Orders.Length).ShouldBe((AccountKind.Pupil, 0, Money.Zero, 0), "nothing of it is for a gate");
    }

    [Theory, EveryStore]
    [Trait("Rule", "S3")]
    public async Task A_gates_reading_has_everybodys_roles_and_what_the_building_asks_of_them(Store store)
    {
        await using var journal = await Open(store);
        var strict = Given.Building with { HasHardAntiPassback = true, LockdownRoles = RoleNames.Of("guard") };
        await journal.Register(new BuildingRow(1, strict), new AccountRow(2, Given.Account() with { Roles = RoleNames.Of("cook", "guard") }), new CardRow(3, Given.Card(1)), new CardRow(4, Given.Card(2, serial: 5)));

        var facts = (await Read(journal, Gates)).Facts;

        facts.Building.ShouldBe(strict);
        facts.Accounts.Select(account => (account.Key, account.Value.Profile.Roles)).ShouldBe([(Given.Number(), RoleNames.Of("cook", "guard")), (Given.Number(5), RoleNames.None)], ignoreOrder: true);
    }

    [Theory, EveryStore]
    public async Task The_building_comes_with_its_mode_and_with_its_own_policies_or_else_the_citys(Store store)
    {
        await using var journal = await Open(store);
        (await journal.Lists.Read(Tills with { Building = new BuildingId(9) }, Given.Today, Given.Today)).ShouldBeNull();
        (await Terms(journal)).ShouldBe((Given.Building, BuildingMode.Normal, 0, 0));

        await journal.Commit(Given.ModeChange());
        await journal.Offline.Set(new OfflinePolicy(null, new Money(30_000)));
        await journal.Policies.Set(new CreditPolicy(null, new Money(-60_000)));
        (await Terms(journal)).ShouldBe((Given.Building, BuildingMode.Evacuation, 30_000, -60_000));

        await journal.Offline.Set(new OfflinePolicy(Given.School, Money.Zero));
        await journal.Policies.Set(new CreditPolicy(Given.School, new Money(-1)));
        await journal.Offline.Set(new OfflinePolicy(Club, new Money(5)));
        (await Terms(journal)).ShouldBe((Given.Building, BuildingMode.Evacuation, 0, -1));
    }

    [Theory, EveryStore]
    public async Task A_handle_is_its_accounts_for_ever_and_at_another_building_another_one(Store store)
    {
        await using var journal = await Open(store);
        AccountNumber[] numbers = [.. Enumerable.Range(1, 50).Select(serial => Given.Number(serial))];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => journal.Lists.Enroll(Given.School, numbers[..40])));
        await journal.Lists.Enroll(Given.School, numbers[..40]);
        var first = await Handles(journal, Given.School);
        await journal.Lists.Enroll(Given.School, numbers);
        await journal.Lists.Enroll(Club, numbers);

        first.Keys.ShouldBe(numbers[..40], ignoreOrder: true);
        first.Values.ShouldBeUnique();
        var all = await Handles(journal, Given.School);
        foreach (var (account, handle) in first) all[account].ShouldBe(handle);
        all.Values.ShouldBeUnique();
        numbers.Count(number => all[number] == (all[numbers[0]] + numbers.ToList().IndexOf(number))).ShouldBeLessThan(40, "handles do not follow account numbers");
        var club = await Handles(journal, Club);
        numbers.ShouldContain(number => club[number] != all[number]);
    }

    [Theory, EveryStore]
    public async Task A_version_is_taken_once_by_who_has_read_the_one_before_and_never_goes_back(Store store)
    {
        await using var journal = await Open(store);
        var second = Given.Morning.ToUnixTimeSeconds();
        (await Read(journal, Tills)).Newest.ShouldBe(default);

        (await journal.Lists.TakeVersion(Tills, 0, Digest, Given.Morning)).ShouldBe(second);
        (await journal.Lists.TakeVersion(Tills, 0, Digest, Given.Morning)).ShouldBeNull();
        (await journal.Lists.TakeVersion(Tills, second - 1, Digest, Given.Morning)).ShouldBeNull();
        (await journal.Lists.TakeVersion(Tills, second, default, Given.Morning)).ShouldBe(second + 1, "twice within a second, or with a clock that is behind");
        (await journal.Lists.TakeVersion(Tills, second + 1, Digest, Given.Morning - Duration.FromHours(1))).ShouldBe(second + 2);
        (await journal.Lists.TakeVersion(Tills, second + 2, Digest, Given.Morning + Duration.FromHours(1))).ShouldBe(second + 3_600);
        (await Read(journal, Tills)).Newest.ShouldBe(new ListVersion(second + 3_600, Digest));

        foreach (var other in (ListName[])[Gates, Tills with { KeyId = uint.MaxValue }, Tills with { Building = Club }])
        {
            (await Read(journal, other)).Newest.ShouldBe(default);
            (await journal.Lists.TakeVersion(other, 0, Digest, Given.Morning)).ShouldBe(second);
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => journal.Lists.TakeVersion(Tills, second + 3_600, Digest, Given.Morning)));
        taken.Count(version => version is not null).ShouldBe(1);
    }

    [Theory, EveryStore]
    [Trait("Rule", "D3")]
    public async Task More_cards_than_a_list_may_have_make_none(Store store)
    {
        await using var journal = await Open(store);
        await journal.Register([.. Enumerable.Range(1, Limits.ListedCardsMax).Select(n => new CardRow(n, Given.Card(n)))]);
        (await Read(journal, Gates)).Facts.Cards.Count.ShouldBe(Limits.ListedCardsMax);

        await journal.Register(new CardRow(1, At(20_000, Club, Given.School)));
        await Should.ThrowAsync<ListTooLargeException>(() => Read(journal, Gates));
    }

    private async Task<TestJournal> Open(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(
            new BuildingRow(1, Given.Building), new BuildingRow(2, Given.Building with { Id = Club }), new BuildingRow(3, Given.Building with { Id = new BuildingId(150) }),
            new BuildingRow(4, Given.Building with { Id = new BuildingId(15010) }), new AccountRow(5, Given.Account()), new AccountRow(6, Given.Account(5)));
        return journal;
    }

    private static Card At(int n, BuildingId home, params BuildingId[] further) => Given.Card(n) with { Rights = new AccessRights(home, further) };

    private static OpenOrder Order(long seq, BuildingId building, int days) => new(seq, Given.Operation(), new MealOrder(
        building, Given.Today.PlusDays(days), MealKind.Lunch, Given.Seller, [Given.Lunch], Given.Morning, IsKept: false));

    private static async Task<ListReading> Read(TestJournal journal, ListName name) => (await journal.Lists.Read(name, Given.Today, Given.Today.PlusDays(7))).ShouldNotBeNull();

    private static async Task<int[]> Cards(TestJournal journal, BuildingId building)
    {
        var cards = (await Read(journal, Gates with { Building = building })).Facts.Cards;
        foreach (var card in cards) card.ShouldBe((await journal.Reader.LoadCard(card.Token))! with { Holder = null });
        return [.. cards.Select(card => Enumerable.Range(1, 10).Single(n => Given.Token(n) == card.Token)).Order()];
    }

    private static async Task<Dictionary<AccountNumber, int>> Handles(TestJournal journal, BuildingId building) =>
        (await Read(journal, Gates with { Building = building })).Facts.Handles.ToDictionary();

    private static async Task<(BuildingProfile, BuildingMode, long, long)> Terms(TestJournal journal)
    {
        var facts = (await Read(journal, Tills)).Facts;
        return (facts.Building, facts.Mode, facts.Allowance.Kopecks, facts.CreditFloor.Kopecks);
    }
}
