using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M6")]
public sealed class OrderTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly Instant Tomorrow = Now + Duration.FromHours(28);
    private static readonly ContraAccount Ahead = ContraAccount.Preorder(Given.Seller);

    [Fact]
    [Trait("Rule", "M14")]
    public void An_order_is_paid_when_it_is_placed_and_its_money_waits_for_the_meal()
    {
        var ledger = new Ledger(Given.Account(meal: 50_000, limit: 0));

        var decision = ledger.Do(Given.OrderChange(placed: [Given.Order(), Given.Order(10_000, meal: MealKind.Dinner)]), Now);

        decision.Entries.Select(entry => (entry.Seq, entry.Kind, entry.Purse, entry.Amount.Kopecks, entry.Contra, entry.LimitDay, entry.Meal)).ShouldBe(
        [
            (1, EntryKind.Order, Purse.Meal, -15_000, Ahead, Given.Today.PlusDays(1), MealKind.Lunch),
            (2, EntryKind.Order, Purse.Meal, -10_000, Ahead, Given.Today.PlusDays(1), MealKind.Dinner),
        ]);
        decision.Placed.ShouldBe(ledger.Account.Orders);
        ledger.Account.Orders.Select(order => (order.Seq, order.Order.Meal)).ShouldBe([(1, MealKind.Lunch), (2, MealKind.Dinner)]);
        (ledger.Account.Meal, ledger.Account.Spent).ShouldBe((new Money(25_000), DaySpending.None), "what a family orders is no child's spending, and no limit holds it up");
        ledger.Account.Redeemed.ShouldBe(MealSet.None, "a meal at public cost may be had beside it");
    }

    [Fact]
    public void What_is_cancelled_comes_back_before_what_is_placed_is_paid_so_that_an_order_can_be_changed()
    {
        var ledger = Ordered(15_000);

        var decision = ledger.Do(Given.OrderChange(13, [1], Given.Order(14_000)), Now);

        decision.Refusal.ShouldBe(AccountRefusal.None);
        decision.Entries.Select(entry => (entry.Seq, entry.Kind, entry.Amount.Kopecks, entry.Contra, entry.ReversedSeq)).ShouldBe(
            [(2, EntryKind.OrderCancel, 15_000, Ahead, 1), (3, EntryKind.Order, -14_000, Ahead, 0)]);
        decision.Ended.ShouldBe([1]);
        (ledger.Account.Orders.ShouldHaveSingleItem().Seq, ledger.Account.Meal).ShouldBe((3, new Money(1_000)));
    }

    [Fact]
    public void All_of_it_happens_or_nothing_and_the_refusal_names_what_stands_in_the_way()
    {
        var ledger = new Ledger(Given.Account(meal: 40_000));

        ledger.Do(Given.OrderChange(placed: [Given.Order(), Given.Order(days: 2), Given.Order(days: 3)]), Now)
            .ShouldSatisfyAllConditions(decision => decision.Refusal.ShouldBe(AccountRefusal.InsufficientFunds), decision => decision.Lines.ShouldBe(LineSet.Of(2)), decision => decision.Entries.ShouldBeEmpty());
        ledger.Do(Given.OrderChange(placed: [Given.Order(), Given.Order()]), Now)
            .ShouldSatisfyAllConditions(decision => decision.Refusal.ShouldBe(AccountRefusal.AlreadyOrdered), decision => decision.Lines.ShouldBe(LineSet.Of(1)));
        ledger.Account.ShouldSatisfyAllConditions(account => account.Seq.ShouldBe(0), account => account.Orders.ShouldBeEmpty(), account => account.Meal.ShouldBe(new Money(40_000)));
    }

    [Fact]
    public void What_costs_nothing_is_ordered_by_who_owes_something()
    {
        AccountRefusal Order(long price) => AccountRules.Decide(Given.Account(meal: -5_000), Given.OrderChange(placed: Given.Order(price)), Now).Refusal;

        Order(0).ShouldBe(AccountRefusal.None);
        Order(1).ShouldBe(AccountRefusal.InsufficientFunds);
    }

    [Theory]
    [InlineData(-1, AccountRefusal.None)]
    [InlineData(0, AccountRefusal.CutOffOver)]
    public void The_cut_off_is_by_the_servers_clock_for_ordering_and_for_cancelling(int milliseconds, AccountRefusal expected)
    {
        var order = Given.Order();
        var at = order.OrderUntil + Duration.FromMilliseconds(milliseconds);

        new Ledger(Given.Account(meal: 15_000)).Do(Given.OrderChange(placed: order) with { EventTime = Now }, at).Refusal.ShouldBe(expected);
        Ordered(15_000).Do(Given.OrderChange(13, [1]) with { EventTime = Now }, at).Refusal.ShouldBe(expected);
    }

    [Fact]
    public void What_may_not_be_had_is_not_ordered()
    {
        AccountRefusal Order(AccountState account, MealOrder order) => AccountRules.Decide(account, Given.OrderChange(placed: order), Now).Refusal;
        var rich = Given.Account(meal: 50_000);
        AccountState Stopping(StopList list) => rich with { Profile = rich.Profile with { StopList = list } };

        Order(rich, Given.Order() with { OrderUntil = MealOrder.NotOnMenu }).ShouldBe(AccountRefusal.NotOnMenu);
        Order(Stopping(new StopList(Allergens.Milk)), Given.Order()).ShouldBe(AccountRefusal.StopList);
        Order(Stopping(new StopList(hotMeal: StopStrength.Soft)), Given.Order()).ShouldBe(AccountRefusal.None, "the family itself orders it");
        Order(Given.Account(meal: 14_999), Given.Order()).ShouldBe(AccountRefusal.InsufficientFunds, "nothing is ordered on credit");
        Order(Given.Account(meal: 50_000, isClosed: true), Given.Order()).ShouldBe(AccountRefusal.AccountClosed);
        AccountRules.Decide(rich, Given.OrderChange(cancelled: [7]), Now).Refusal.ShouldBe(AccountRefusal.OrderUnknown);
        var full = rich with { Orders = [.. Enumerable.Range(1, Limits.OpenOrdersMax).Select(n => new OpenOrder(n, Given.Operation(n), Given.Order(days: n + 1)))] };
        Order(full, Given.Order()).ShouldBe(AccountRefusal.TooManyOrders);
        Order(full with { Orders = full.Orders[1..] }, Given.Order()).ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "M14")]
    public void What_was_ordered_is_served_once_on_its_day_and_its_money_goes_to_the_operator()
    {
        var ledger = Ordered(15_000);
        ledger.Do(Given.OrderRedemption(), Now).Refusal.ShouldBe(AccountRefusal.NotOrdered, "it is for tomorrow");
        ledger.Do(Given.OrderRedemption(meal: MealKind.Dinner), Tomorrow).Refusal.ShouldBe(AccountRefusal.NotOrdered);
        ledger.Do(Given.OrderRedemption(seller: ContraAccount.Operator(8)), Tomorrow).Refusal.ShouldBe(AccountRefusal.NotOrdered, "another operator has not got it");

        var entry = ledger.Do(Given.OrderRedemption(), Tomorrow).Entries.ShouldHaveSingleItem();

        (entry.Kind, entry.Purse, entry.Amount.Kopecks, entry.Contra, entry.Payer, entry.ReversedSeq).ShouldBe((EntryKind.OrderRedemption, Purse.None, -15_000, Given.Seller, Ahead, 1));
        (entry.Device, entry.LimitDay, entry.Meal, entry.Lines).ShouldBe((Given.Till, Given.Today.PlusDays(1), MealKind.Lunch, ledger.Entries[0].Lines));
        (entry.MealAfter, entry.SpentAfter).ShouldBe((Money.Zero, Money.Zero));
        ledger.Account.Orders.ShouldBeEmpty();
        ledger.Do(Given.OrderRedemption(operation: 14), Tomorrow).Refusal.ShouldBe(AccountRefusal.NotOrdered);
    }

    [Fact]
    public void A_late_report_of_a_meal_counts_on_the_day_of_the_meal() =>
        Ordered(15_000).Do(Given.OrderRedemption(at: Tomorrow), Tomorrow + Duration.FromHours(11)).Refusal.ShouldBe(AccountRefusal.None);

    [Fact]
    [Trait("Rule", "M3")]
    public void What_the_family_forbids_by_now_is_served_only_when_an_employee_answers_for_it()
    {
        var ledger = Ordered(15_000);
        ledger.Do(Given.StopListChange(new StopList(Allergens.Milk)), Now);
        var asked = Given.OrderRedemption() with { Override = new OverrideRequest(null, "Нет другого") };

        ledger.Do(Given.OrderRedemption(), Tomorrow).ShouldSatisfyAllConditions(decision => decision.Refusal.ShouldBe(AccountRefusal.StopList), decision => decision.Lines.ShouldBe(LineSet.Of(0)));
        ledger.Do(asked, Tomorrow).Refusal.ShouldBe(AccountRefusal.OverrideNotAllowed);
        ledger.Do(asked with { Override = asked.Override! with { By = Given.Number } }, Tomorrow).Entries.ShouldHaveSingleItem().Override
            .ShouldBe(new StopOverride(Given.Number, "Нет другого", LineSet.Of(0)));
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void A_card_that_is_no_good_fetches_nothing() =>
        AccountRules.Decide(Ordered(15_000).Account, Given.OrderRedemption(), CardRefusal.Lost, Tomorrow).Refusal.ShouldBe(AccountRefusal.CardLost);

    [Theory]
    [InlineData(false, Purse.Meal, 15_000L)]
    [InlineData(true, Purse.None, -15_000L)]
    [Trait("Rule", "M14")]
    public void What_nobody_fetches_ends_with_its_day_on_the_terms_of_the_menu(bool isKept, Purse purse, long amount)
    {
        var ledger = Ordered(15_000, isKept);
        var open = ledger.Account.Orders.ShouldHaveSingleItem();

        var entry = ledger.Do(open.Expiry(Given.Number), Tomorrow).Entries.ShouldHaveSingleItem();

        (entry.Kind, entry.Purse, entry.Amount.Kopecks, entry.ReversedSeq).ShouldBe((EntryKind.OrderExpiry, purse, amount, 1));
        (entry.Contra, entry.Payer).ShouldBe(isKept ? (Given.Seller, Ahead) : (Ahead, ContraAccount.None));
        ledger.Account.Meal.ShouldBe(new Money(isKept ? 0 : 15_000));
        ledger.Do(open.Expiry(Given.Number), Tomorrow).Refusal.ShouldBe(AccountRefusal.OrderUnknown, "it has ended");
        open.Expiry(Given.Number).Operation.ShouldBe(open.Expiry(Given.Number).Operation);
        open.Expiry(Given.Number).Operation.ShouldNotBe(open.Operation);
    }

    [Fact]
    [Trait("Rule", "M12")]
    public void An_account_with_open_orders_is_not_closed()
    {
        var account = Ordered(15_000).Account;
        AccountRules.MayClose(account, Given.Closing(3), isInTransit: false).ShouldBe(AccountRefusal.OrdersOpen);
        AccountRules.MayClose(account, Given.Closing(3), isInTransit: true).ShouldBe(AccountRefusal.MoneyInTransit);
    }

    [Fact]
    public void The_terms_are_no_part_of_what_is_asked_for_and_everything_else_is()
    {
        var order = Given.Order();
        Given.OrderChange(placed: order).Fingerprint.ShouldBe(Given.OrderChange(placed: Given.Order(1, isKept: true) with { OrderUntil = Now }).Fingerprint);
        AccountCommand[] all =
        [
            Given.OrderChange(placed: order), Given.OrderChange(placed: [order, order]), Given.OrderChange(cancelled: [1]), Given.OrderChange(cancelled: [2]), Given.OrderChange(cancelled: [1], placed: order),
            Given.OrderChange(placed: order with { Building = Given.Club }), Given.OrderChange(placed: order with { Day = Given.Today }), Given.OrderChange(placed: order with { Meal = MealKind.Dinner }),
            Given.OrderChange(placed: order with { Seller = ContraAccount.Operator(8) }), Given.OrderChange(placed: order with { Lines = [order.Lines[0] with { Quantity = 2 }] }),
            Given.OrderChange(placed: order with { Lines = [order.Lines[0] with { ProductCode = "SOUP" }] }), Given.OrderChange(placed: [.. Enumerable.Range(1, Limits.OrdersOfOneOperationMax).Select(n => Given.Order(days: n))]),
            Given.OrderRedemption(), Given.OrderRedemption(meal: MealKind.Dinner), Given.OrderRedemption() with { Device = new DeviceId(502) }, Given.OrderRedemption() with { Override = new OverrideRequest(null, "x") },
            new OrderExpiry { Operation = Given.Operation(), OrderSeq = 1 }, new OrderExpiry { Operation = Given.Operation(), OrderSeq = 2 },
        ];
        all.Select(command => command.Fingerprint).ShouldBeUnique();
    }

    [Fact]
    [Trait("Rule", "M14")]
    public void Whatever_a_family_orders_cancels_fetches_and_leaves_every_kopeck_is_in_a_purse_paid_ahead_or_with_the_operator() => Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 6], Gen.Int[1, 4], Gen.Int[0, 9_000], Gen.Bool).Array[1, 40].Sample(steps =>
    {
        var ledger = new Ledger(Given.Account(meal: 60_000));
        var (model, now, operation) = (new Dictionary<(int Day, MealKind Meal), (long Price, bool IsKept)>(), Now, 100);
        var (purse, served) = (60_000L, 0L);
        foreach (var (what, n, meal, price, isKept) in steps)
        {
            var today = (int)(now - Now).TotalDays;
            var (day, kind) = (today + n, (MealKind)meal);
            operation++;
            switch (what)
            {
                case 0:
                    var isOpen = now < Given.Order(days: day).OrderUntil;
                    var expected = !isOpen ? AccountRefusal.CutOffOver : model.ContainsKey((day, kind)) ? AccountRefusal.AlreadyOrdered : price > purse ? AccountRefusal.InsufficientFunds : AccountRefusal.None;
                    ledger.Do(Given.OrderChange(operation, placed: Given.Order(price, day, kind, isKept)), now).Refusal.ShouldBe(expected);
                    if (expected == AccountRefusal.None) (model[(day, kind)], purse) = ((price, isKept), purse - price);
                    break;
                case 1:
                    var found = Array.Find(ledger.Account.Orders, order => order.Order.Day == Given.Today.PlusDays(day) && order.Order.Meal == kind);
                    var refusal = found is null ? AccountRefusal.OrderUnknown : now >= found.Order.OrderUntil ? AccountRefusal.CutOffOver : AccountRefusal.None;
                    ledger.Do(Given.OrderChange(operation, [found?.Seq ?? 0]), now).Refusal.ShouldBe(refusal);
                    if (refusal == AccountRefusal.None && model.Remove((day, kind), out var cancelled)) purse += cancelled.Price;
                    break;
                case 2:
                    var isThere = model.Remove((today, kind), out var fetched);
                    ledger.Do(Given.OrderRedemption(meal: kind, operation: operation), now).Refusal.ShouldBe(isThere ? AccountRefusal.None : AccountRefusal.NotOrdered);
                    served += fetched.Price;
                    break;
                default:
                    now += Duration.FromHours(24);
                    foreach (var open in ledger.Account.Orders.Where(order => order.Order.Day <= Given.Today.PlusDays(today)).ToList()) ledger.Do(open.Expiry(Given.Number), now).Refusal.ShouldBe(AccountRefusal.None);
                    foreach (var (key, over) in model.Where(order => order.Key.Day <= today).ToList())
                    {
                        model.Remove(key);
                        if (over.IsKept) served += over.Price;
                        else purse += over.Price;
                    }

                    break;
            }

            ledger.Account.Meal.Kopecks.ShouldBe(purse);
            ledger.Account.Orders.Length.ShouldBe(model.Count);
            On(ledger, ContraAccount.Preorder(Given.Seller)).ShouldBe(model.Values.Sum(order => order.Price));
            On(ledger, Given.Seller).ShouldBe(served);
            (purse + served + model.Values.Sum(order => order.Price)).ShouldBe(60_000);
        }
    }, iter: 2_000);

    private static long On(Ledger ledger, ContraAccount contra) =>
        ledger.Entries.Where(entry => entry.Contra == contra).Sum(entry => -entry.Amount.Kopecks) + ledger.Entries.Where(entry => entry.Payer == contra).Sum(entry => entry.Amount.Kopecks);

    private static Ledger Ordered(long total, bool isKept = false)
    {
        var ledger = new Ledger(Given.Account(meal: total));
        ledger.Do(Given.OrderChange(placed: Given.Order(total, isKept: isKept)), Now).Refusal.ShouldBe(AccountRefusal.None);
        return ledger;
    }
}
