using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Days;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "M6")]
public sealed class DayStoreTests(Databases databases)
{
    private static readonly BuildingId Other = new(7);

    [Theory, EveryStore]
    public async Task A_day_is_closed_once_and_the_latest_closed_one_is_known(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new BuildingRow(2, new BuildingProfile(Other, "Asia/Kamchatka")));
        (await journal.Days.List()).ShouldBe([new(Other, "Asia/Kamchatka", null), new(Given.School, Given.Zone, null)]);

        foreach (var day in new[] { Given.Today, Given.Today.PlusDays(-1), Given.Today }) await journal.Days.Close(Given.School, day, Given.Morning);

        (await journal.Days.List()).ShouldBe([new(Other, "Asia/Kamchatka", null), new(Given.School, Given.Zone, Given.Today)]);
        (await journal.Number("select count(*) from day_close")).ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task An_order_is_open_from_its_entry_until_the_entry_that_ends_it(Store store)
    {
        await using var journal = await databases.Open(store);
        var (first, second) = (new Ledger(1), new Ledger(2));
        await journal.Register(new AccountRow(1, Given.Account(1)), new AccountRow(2, Given.Account(2)));
        OpenOrder[] ofFirst = [await Place(journal, first, Given.Today.PlusDays(1)), await Place(journal, first, Given.Today), await Place(journal, first, Given.Today, Other)];
        var ofSecond = await Place(journal, second, Given.Today);

        (await journal.Days.ListOrders(Given.School, Given.Today.PlusDays(1), 10)).ShouldBe([new(first.Account, ofFirst[1]), new(second.Account, ofSecond), new(first.Account, ofFirst[0])]);
        (await journal.Days.ListOrders(Given.School, Given.Today, 1)).ShouldBe([new(first.Account, ofFirst[1])]);
        (await journal.Days.ListOrders(Given.School, Given.Today.PlusDays(-1), 10)).ShouldBeEmpty();
        (await journal.Reader.LoadAccount(first.Account))!.Orders.ShouldBe(ofFirst, ignoreOrder: true);

        var end = first.EndOrder(first.Entries[1]);
        (await journal.Writer.Append(new AccountAppend(end with { Seq = 1 }) { OrdersEnded = [2] })).ShouldBe(AppendOutcome.Fenced);
        (await journal.Reader.LoadAccount(first.Account))!.Orders.Length.ShouldBe(3);
        (await journal.Writer.Append(new AccountAppend(end) { OrdersEnded = [2, 3] })).ShouldBe(AppendOutcome.Committed);
        (await journal.Reader.LoadAccount(first.Account))!.Orders.ShouldBe([ofFirst[0]]);
        (await journal.Reader.LoadAccount(second.Account))!.Orders.ShouldBe([ofSecond]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M5")]
    public async Task A_meal_that_is_ordered_is_none_at_public_cost(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        await Place(journal, ledger, Given.Today);
        (await journal.Reader.ReadRedeemed(ledger.Account, Given.Today)).ShouldBe(MealSet.None);
        await journal.Commit(ledger.Redeem());
        (await journal.Reader.ReadRedeemed(ledger.Account, Given.Today)).ShouldBe(MealSet.Of(MealKind.Lunch));
    }

    internal static async Task<OpenOrder> Place(TestJournal journal, Ledger ledger, LocalDate day, BuildingId? building = null)
    {
        var entry = ledger.Order(day: day);
        var open = new OpenOrder(entry.Seq, entry.Operation, new MealOrder(building ?? Given.School, day, MealKind.Lunch, Given.Seller, [Given.Lunch], Given.Morning, IsKept: ledger.Account == Given.Number(2)));
        (await journal.Writer.Append(new AccountAppend(entry) { OrdersPlaced = [open] })).ShouldBe(AppendOutcome.Committed);
        return open;
    }
}
