using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>What has happened at a terminal without connection is written down whatever the account is like.</summary>
[Trait("Rule", "O3")]
public sealed class FactTests
{
    private static readonly Instant Now = Given.Morning + Duration.FromHours(30);

    // Yesterday's, by a terminal that was cut off since.
    private static readonly Instant Then = Given.Morning;

    private static readonly EntitlementList Lunches = new(new Entitlement(
        ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1)), new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31)));

    [Fact]
    public void A_sale_takes_the_purse_as_low_as_it_has_to_and_says_so()
    {
        var ledger = new Ledger(Given.Account(meal: 10_000));

        var first = ledger.Do(Fact(Given.Sale(9_000, Then)), Now).Entry!;
        var second = ledger.Do(Fact(Given.Sale(9_000, Then, operation: 2)), Now).Entry!;

        (first.Marks, first.MealAfter).ShouldBe((FactMarks.None, new Money(1_000)));
        (second.Marks, second.MealAfter).ShouldBe((FactMarks.Overdrawn, new Money(-8_000)));
    }

    [Fact]
    public void What_policy_gives_on_credit_is_no_exception() =>
        new Ledger(Given.Account(meal: 0)).Do(Fact(Given.Sale(9_000, Then) with { CreditFloor = new Money(-9_000) }), Now).Entry!
            .ShouldSatisfyAllConditions(entry => entry.Marks.ShouldBe(FactMarks.None), entry => entry.CreditFloor.ShouldBe(new Money(-9_000)));

    [Fact]
    public void What_is_decided_here_carries_no_marks() => new Ledger(Given.Account(meal: 10_000)).Do(Given.Sale(9_000), Given.Morning).Entry!.Marks.ShouldBeNull();

    [Fact]
    public void Everything_that_it_would_have_been_refused_for_is_marked()
    {
        var account = Given.Account(meal: 50_000, limit: 5_000, isClosed: true);
        var ledger = new Ledger(account with { Profile = account.Profile with { StopList = new StopList(buffet: StopStrength.Hard) } });

        var entry = ledger.Do(Fact(Given.Meal(4_000, 4_000, Then)), Now, CardRefusal.Lost).Entry!;

        entry.Marks.ShouldBe(FactMarks.OverLimit | FactMarks.Stopped | FactMarks.CardRefused | FactMarks.AccountClosed);
        (entry.Override, entry.MealAfter).ShouldBe((null, new Money(42_000)));
    }

    [Theory]
    [InlineData(StopStrength.Soft, false, false, FactMarks.Stopped)]
    [InlineData(StopStrength.Soft, true, false, FactMarks.None)]
    [InlineData(StopStrength.Hard, true, false, FactMarks.Stopped)]
    [InlineData(StopStrength.Hard, false, true, FactMarks.None)]
    public void A_stop_list_that_was_heeded_or_overridden_is_no_exception(StopStrength strength, bool isConfirmed, bool isOverridden, FactMarks expected)
    {
        var account = Given.Account(meal: 50_000);
        var ledger = new Ledger(account with { Profile = account.Profile with { StopList = new StopList(buffet: strength) } });
        var sale = Fact(Given.Meal(4_000, 4_000, Then)) with { IsConfirmed = isConfirmed, Override = isOverridden ? new OverrideRequest(AccountNumber.FromSerial(77), "It is all there is") : null };

        var entry = ledger.Do(sale, Now).Entry!;

        entry.Marks.ShouldBe(expected);
        (entry.Override is not null).ShouldBe(isOverridden);
    }

    [Fact]
    public void A_category_limit_and_a_ride_limit_are_marked_too()
    {
        var account = Given.Account(meal: 50_000, transport: 1_000);
        var ledger = new Ledger(account with { Profile = account.Profile with { BuffetLimit = new Money(1_000), RideLimit = new Money(4_000) } });

        ledger.Do(Fact(Given.Meal(4_000, 1_001, Then)), Now).Entry!.Marks.ShouldBe(FactMarks.OverLimit);
        ledger.Do(Given.Ride(4_600, Then) with { IsFact = true }, Now).Entry!
            .ShouldSatisfyAllConditions(entry => entry.Marks.ShouldBe(FactMarks.OverLimit | FactMarks.Overdrawn), entry => entry.TransportAfter.ShouldBe(new Money(-3_600)));
    }

    [Fact]
    public void It_counts_on_the_day_on_which_it_happened_for_a_month_back()
    {
        var ledger = new Ledger(Given.Account(meal: 50_000));

        ledger.Do(Fact(Given.Sale(1_000, Now - Duration.FromDays(31))), Now).Entry!.LimitDay.ShouldBe(new LocalDate(2026, 8, 2));
        ledger.Do(Fact(Given.Sale(1_000, Now - Duration.FromDays(31) - Duration.FromMilliseconds(1), operation: 2)), Now).Entry!.LimitDay.ShouldBe(new LocalDate(2026, 9, 2), "further back no clock is believed");
        ledger.Do(Fact(Given.Sale(1_000, Now + Duration.FromHours(1), operation: 3)), Now).Entry!.EventAt.ShouldBe(Now, "nor one that is ahead");
        ledger.Do(Given.Sale(1_000, Now - Duration.FromHours(13), operation: 4), Now).Entry!.EventAt.ShouldBe(Now, "what is asked for now has not happened yesterday");
    }

    [Fact]
    [Trait("Rule", "O4")]
    [Trait("Rule", "M5")]
    public void A_second_meal_at_public_cost_is_written_down_and_nobody_pays()
    {
        var account = Given.Account();
        var ledger = new Ledger(account with { Profile = account.Profile with { Entitlements = Lunches } });

        var first = ledger.Do(Given.Redemption(at: Then) with { IsFact = true }, Now).Entry!;
        var second = ledger.Do(Given.Redemption(at: Then, operation: 2) with { IsFact = true }, Now).Entry!;
        var dinner = ledger.Do(Given.Redemption(meal: MealKind.Dinner, at: Then, operation: 3) with { IsFact = true }, Now).Entry!;

        (first.Kind, first.Marks, first.Payer).ShouldBe((EntryKind.Redemption, FactMarks.None, ContraAccount.Budget(5)));
        (second.Kind, second.Marks, second.Amount, second.Contra, second.Payer, second.Meal).ShouldBe((EntryKind.HandedOut, FactMarks.SecondMeal, Money.Zero, ContraAccount.None, ContraAccount.None, MealKind.Lunch));
        (dinner.Kind, dinner.Marks).ShouldBe((EntryKind.HandedOut, FactMarks.NotEntitled));
        ledger.RedeemedByEntries(Given.Today).ShouldBe(MealSet.Of(MealKind.Lunch), "what nobody paid uses up no right");
        ledger.Account.RedeemedOn.ShouldBe(Given.Today);
    }

    [Theory]
    [Trait("Rule", "M6")]
    [InlineData("open", EntryKind.OrderRedemption, FactMarks.None, 35_000)]
    [InlineData("cancelled", EntryKind.Sale, FactMarks.NotOrdered, 35_000)]
    [InlineData("refunded", EntryKind.Sale, FactMarks.NotOrdered, 35_000)]
    [InlineData("kept", EntryKind.HandedOut, FactMarks.None, 35_000)]
    [InlineData("served", EntryKind.HandedOut, FactMarks.SecondMeal, 35_000)]
    [InlineData("never", EntryKind.HandedOut, FactMarks.NotOrdered, 50_000)]
    public void An_ordered_meal_is_paid_once_whenever_the_terminal_comes_back(string before, EntryKind expected, FactMarks marks, long purse)
    {
        var ledger = new Ledger(Given.Account(meal: 50_000));
        if (before != "never") ledger.Do(Given.OrderChange(placed: Given.Order(isKept: before == "kept")), Given.Morning);
        var served = Given.Morning + Duration.FromHours(28);
        if (before == "cancelled") ledger.Do(Given.OrderChange(14, [1]), Given.Morning);
        if (before is "refunded" or "kept") ledger.Do(ledger.Account.Orders[0].Expiry(Given.Number), Given.Morning + Duration.FromHours(44));
        if (before == "served") ledger.Do(Given.OrderRedemption(served), served);

        var fact = Given.OrderRedemption(served, operation: 20) with { IsFact = true };
        var entry = ledger.Merge(fact, Given.Morning + Duration.FromHours(50)).Entries.ShouldHaveSingleItem();
        var again = ledger.Merge(fact with { Operation = Given.Operation(21) }, Given.Morning + Duration.FromHours(51)).Entries.ShouldHaveSingleItem();

        (entry.Kind, entry.Marks).ShouldBe((expected, marks));
        ledger.Account.Meal.Kopecks.ShouldBe(purse);
        again.Kind.ShouldBe(EntryKind.HandedOut, "another till's meal is nobody's money");
        again.Marks.ShouldBe(before switch { "never" => FactMarks.NotOrdered, "kept" => FactMarks.None, _ => FactMarks.SecondMeal });
        ledger.Account.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_paid_back_is_charged_even_from_an_empty_purse()
    {
        var ledger = new Ledger(Given.Account(meal: 15_000));
        ledger.Do(Given.OrderChange(placed: Given.Order()), Given.Morning);
        ledger.Do(Given.OrderChange(14, [1]), Given.Morning);
        ledger.Do(Given.Sale(15_000, operation: 15), Given.Morning);

        var entry = ledger.Merge(Given.OrderRedemption(Given.Morning + Duration.FromHours(28), operation: 20) with { IsFact = true }, Given.Morning + Duration.FromHours(50)).Entries[0];

        (entry.Marks, entry.MealAfter, entry.Contra, entry.ReversedSeq).ShouldBe((FactMarks.NotOrdered | FactMarks.Overdrawn, new Money(-15_000), Given.Seller, 1));
    }

    [Fact]
    public void Facts_give_the_same_balances_in_any_order() =>
        Gen.Select(Steps.Array[1, 14], Gen.Int[0, 20_000], Gen.Int[0, 20_000].Nullable(), Gen.Int[0, int.MaxValue]).Sample((steps, purse, limit, seed) =>
        {
            var facts = steps.Select((step, i) => step(i + 1)).ToArray();
            var shuffled = facts.ToArray();
            new Random(seed).Shuffle(shuffled);

            var (a, b) = (Run(purse, limit, facts), Run(purse, limit, shuffled));

            (a.Account.Meal, a.Account.Transport).ShouldBe((b.Account.Meal, b.Account.Transport));
            PaidMeals(a).ShouldBe(PaidMeals(b), ignoreOrder: true);
            foreach (var day in facts.Select(fact => AccountRules.LimitDayOf(a.Account, fact, Now)).Distinct()) a.SpentByEntries(day).ShouldBe(b.SpentByEntries(day));
            Sums(a).ShouldBe(Sums(b));
            a.Account.Meal.Kopecks.ShouldBe(purse - facts.OfType<Sale>().Sum(sale => sale.Total.Kopecks), "no fact is lost");
            a.Entries.Count.ShouldBe(facts.Length);
        }, iter: 3_000);

    // A meal at public cost costs the same wherever it is had.
    private static readonly Gen<Func<int, AccountCommand>> Steps = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 2_000], Gen.Int[1, 9_000], (minutes, total) => (Func<int, AccountCommand>)(n => Fact(Given.Sale(total, Back(minutes), n))))),
        (2, Gen.Select(Gen.Int[0, 2_000], Gen.Int[1, 9_000], (minutes, fare) => (Func<int, AccountCommand>)(n => Given.Ride(fare, Back(minutes), n) with { IsFact = true }))),
        (4, Gen.Select(Gen.Int[0, 2_000], Gen.OneOf(Gen.Const(MealKind.Lunch), Gen.Const(MealKind.Dinner)), (minutes, meal) => (Func<int, AccountCommand>)(n => Given.Redemption(9_000, meal, Back(minutes), n) with { IsFact = true }))));

    private static Ledger Run(long purse, long? limit, AccountCommand[] facts)
    {
        var account = Given.Account(meal: purse, limit: limit);
        var ledger = new Ledger(account with { Profile = account.Profile with { Entitlements = Lunches } });
        foreach (var fact in facts)
            (fact switch { Sale sale => ledger.Do(sale, Now), Ride ride => ledger.Do(ride, Now), _ => ledger.Do((Redemption)fact, Now) }).Refusal.ShouldBe(AccountRefusal.None);
        return ledger;
    }

    private static IEnumerable<(LocalDate, MealKind?)> PaidMeals(Ledger ledger) =>
        ledger.Entries.Where(entry => entry.Kind == EntryKind.Redemption).Select(entry => (entry.LimitDay, entry.Meal));

    private static Dictionary<ContraAccount, long> Sums(Ledger ledger) =>
        ledger.Entries.SelectMany(entry => new[] { (Side: entry.Contra, Kopecks: -entry.Amount.Kopecks), (Side: entry.Payer, entry.Amount.Kopecks) }).GroupBy(one => one.Side)
            .OrderBy(group => group.Key.Code).ToDictionary(group => group.Key, group => group.Sum(one => one.Kopecks));

    private static Instant Back(int minutes) => Now - Duration.FromMinutes(minutes);

    private static Sale Fact(Sale sale) => sale with { IsFact = true };
}
